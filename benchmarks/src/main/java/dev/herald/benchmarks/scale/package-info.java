/**
 * What Herald needs beyond one machine: a plan reckoned from what was measured here, and
 * a simulation of the plan's queues that says whether it holds.
 */
@NullMarked
package dev.herald.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
