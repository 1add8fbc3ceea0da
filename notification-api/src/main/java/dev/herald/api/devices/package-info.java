/**
 * Asks the token store which devices a user has.
 */
@NullMarked
package dev.herald.api.devices;

import org.jspecify.annotations.NullMarked;
