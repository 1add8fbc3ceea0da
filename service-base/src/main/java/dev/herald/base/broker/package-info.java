/**
 * Publishing that knows what the broker has kept, consuming in batches, and the
 * declaration of every queue.
 */
@NullMarked
package dev.herald.base.broker;

import org.jspecify.annotations.NullMarked;
