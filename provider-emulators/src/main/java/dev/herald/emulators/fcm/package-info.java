/**
 * Firebase Cloud Messaging: OAuth tokens and HTTP v1 sends.
 */
@NullMarked
package dev.herald.emulators.fcm;

import org.jspecify.annotations.NullMarked;
