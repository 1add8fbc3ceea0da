/**
 * The whole of Herald in one JVM, for trying out: the services as they are, on an
 * embedded database and broker, with emulators in place of FCM and APNs.
 */
@NullMarked
package dev.herald.quickstart;

import org.jspecify.annotations.NullMarked;
