/**
 * Targeted pushes: takes streams of pairs over HTTP, and keeps what became of each pair.
 */
@NullMarked
package dev.herald.api.targeted;

import org.jspecify.annotations.NullMarked;
