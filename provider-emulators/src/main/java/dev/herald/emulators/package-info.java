/**
 * FCM and APNs as servers that speak the real protocols: where they are started and
 * stopped.
 */
@NullMarked
package dev.herald.emulators;

import org.jspecify.annotations.NullMarked;
