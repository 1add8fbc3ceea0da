/**
 * When a push is tried again, and when it is given up.
 */
@NullMarked
package dev.herald.worker.retry;

import org.jspecify.annotations.NullMarked;
