/**
 * How jobs ended: reports come in batches and are kept, one row for each job.
 */
@NullMarked
package dev.herald.api.delivery;

import org.jspecify.annotations.NullMarked;
