/** Limits of how long something is waited for. */
@NullMarked
package dev.herald.base.time;

import org.jspecify.annotations.NullMarked;
