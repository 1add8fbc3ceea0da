/** How long a service takes to start, and how much memory it takes then. */
@NullMarked
package dev.herald.benchmarks.start;

import org.jspecify.annotations.NullMarked;
