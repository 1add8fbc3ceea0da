/**
 * How fast a user's devices are found, however many there are, beside the query that the
 * field stumbled over.
 */
@NullMarked
package dev.herald.benchmarks.lookup;

import org.jspecify.annotations.NullMarked;
