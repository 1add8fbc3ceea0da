package dev.herald.worker.job;

import java.time.Instant;

/**
 * A queue at one moment.
 *
 * @param ready messages that no consumer has taken yet, those in delay queues not
 * counted; the embedded broker counts those too that were taken and not acknowledged yet
 * @param consumers the workers that take from it: those whose lane is not paused
 * @param at when the broker told
 */
public record QueueFigures(long ready, int consumers, Instant at) {
}
