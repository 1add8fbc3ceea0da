/**
 * Takes notifications: from the request to jobs that the broker has confirmed.
 */
@NullMarked
package dev.herald.api.intake;

import org.jspecify.annotations.NullMarked;
