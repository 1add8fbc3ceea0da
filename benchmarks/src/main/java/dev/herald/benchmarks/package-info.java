/**
 * The harness: what a benchmark is, how CPU is counted, how results are written, and the
 * goals they are held against. Each benchmark of Herald as a whole, or of what it is
 * measured against, has a package of its own below.
 */
@NullMarked
package dev.herald.benchmarks;

import org.jspecify.annotations.NullMarked;
