/** The same pushes through gorush and through Herald, side by side. */
@NullMarked
package dev.herald.benchmarks.gorush;

import org.jspecify.annotations.NullMarked;
