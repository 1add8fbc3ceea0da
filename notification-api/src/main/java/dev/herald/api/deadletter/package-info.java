/**
 * What was given up, kept for an operator to look at, replay or discard.
 */
@NullMarked
package dev.herald.api.deadletter;

import org.jspecify.annotations.NullMarked;
