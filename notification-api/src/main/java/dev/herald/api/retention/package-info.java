/**
 * Forgets what is older than it is to be kept.
 */
@NullMarked
package dev.herald.api.retention;

import org.jspecify.annotations.NullMarked;
