/** Whether twice the workers send twice as much. */
@NullMarked
package dev.herald.benchmarks.workers;

import org.jspecify.annotations.NullMarked;
