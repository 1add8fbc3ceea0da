/**
 * Devices as the token store shows them to other services, and the look-up that asks for
 * them.
 */
@NullMarked
package dev.herald.common.device;

import org.jspecify.annotations.NullMarked;
