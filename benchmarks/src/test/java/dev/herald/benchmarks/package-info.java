/** The arithmetic and the drawing of results. */
@NullMarked
package dev.herald.benchmarks;

import org.jspecify.annotations.NullMarked;
