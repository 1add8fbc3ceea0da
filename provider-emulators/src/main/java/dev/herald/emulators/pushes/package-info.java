/**
 * What arrived at the emulators: the recent pushes, and counts of all of them.
 */
@NullMarked
package dev.herald.emulators.pushes;

import org.jspecify.annotations.NullMarked;
