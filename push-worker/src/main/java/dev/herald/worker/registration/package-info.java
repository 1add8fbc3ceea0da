/**
 * Whether the device of a job is registered still, so that a job that waited is not sent
 * to somebody who has logged out meanwhile.
 */
@NullMarked
package dev.herald.worker.registration;

import org.jspecify.annotations.NullMarked;
