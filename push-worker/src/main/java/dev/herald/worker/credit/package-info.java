/**
 * How much more a job queue may be given: campaigns wait while those before them are
 * sent.
 */
@NullMarked
package dev.herald.worker.credit;

import org.jspecify.annotations.NullMarked;
