/**
 * What the machine can do without Herald: the providers' libraries against the emulators,
 * RabbitMQ by its own load tool, the indexed look-up by itself. What Herald costs beyond
 * is Herald's.
 */
@NullMarked
package dev.herald.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
