/**
 * What travels through the broker: the job, the report of how it ended, and what follows
 * from it.
 */
@NullMarked
package dev.herald.common.push;

import org.jspecify.annotations.NullMarked;
