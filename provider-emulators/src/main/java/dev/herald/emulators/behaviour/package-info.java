/**
 * How an emulator treats a push that its provider would have accepted.
 */
@NullMarked
package dev.herald.emulators.behaviour;

import org.jspecify.annotations.NullMarked;
