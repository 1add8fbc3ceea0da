/** The parts of the worker's package of this name that benchmarks need, made visible. */
@NullMarked
package dev.herald.worker.fcm;

import org.jspecify.annotations.NullMarked;
