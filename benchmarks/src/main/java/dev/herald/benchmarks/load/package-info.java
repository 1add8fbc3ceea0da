/** Requests, many and cheap, and how long each took. */
@NullMarked
package dev.herald.benchmarks.load;

import org.jspecify.annotations.NullMarked;
