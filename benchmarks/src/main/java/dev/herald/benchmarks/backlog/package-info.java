/**
 * What waits while the push worker does not: how fast it is worked off, and what each
 * push costs.
 */
@NullMarked
package dev.herald.benchmarks.backlog;

import org.jspecify.annotations.NullMarked;
