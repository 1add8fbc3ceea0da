/**
 * A whole Herald to measure: services as the images run them, broker and database as
 * compose runs them, the emulated providers in a process of their own, and nothing
 * between them.
 */
@NullMarked
package dev.herald.benchmarks.house;

import org.jspecify.annotations.NullMarked;
