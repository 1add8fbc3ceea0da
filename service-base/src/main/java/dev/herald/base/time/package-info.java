/** How long is waited: limits, and rests between calls. */
@NullMarked
package dev.herald.base.time;

import org.jspecify.annotations.NullMarked;
