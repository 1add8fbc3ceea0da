/**
 * Idempotency keys: a request that is repeated takes effect once.
 */
@NullMarked
package dev.herald.api.idempotency;

import org.jspecify.annotations.NullMarked;
