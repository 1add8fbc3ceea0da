/**
 * A database and a broker inside this JVM, for trying Herald out and for tests on a
 * machine that has neither MySQL nor RabbitMQ. Neither is durable, neither is for
 * production.
 */
@NullMarked
package dev.herald.embedded;

import org.jspecify.annotations.NullMarked;
