/** What the emulated providers remember. */
@NullMarked
package dev.herald.benchmarks.house;

import org.jspecify.annotations.NullMarked;
