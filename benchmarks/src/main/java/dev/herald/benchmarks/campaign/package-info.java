/** Broadcasts and targeted pushes: how many pushes a second, and what each costs. */
@NullMarked
package dev.herald.benchmarks.campaign;

import org.jspecify.annotations.NullMarked;
