@NullMarked
package dev.herald.api.idempotency;

import org.jspecify.annotations.NullMarked;
