/**
 * Targeted pushes: takes the pairs of users and articles from each application's queue
 * and turns them into push jobs.
 */
@NullMarked
package dev.herald.worker.targeted;

import org.jspecify.annotations.NullMarked;
