/**
 * From a job in its queue to its acknowledgement: consuming, sending, what follows,
 * pauses.
 */
@NullMarked
package dev.herald.worker.job;

import org.jspecify.annotations.NullMarked;
