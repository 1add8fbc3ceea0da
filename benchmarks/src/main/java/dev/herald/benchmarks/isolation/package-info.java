/**
 * What one load does to another: a campaign to what is urgent, a dead provider to others.
 */
@NullMarked
package dev.herald.benchmarks.isolation;

import org.jspecify.annotations.NullMarked;
