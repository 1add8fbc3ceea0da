/**
 * The Apple Push Notification service: HTTP/2 with provider tokens.
 */
@NullMarked
package dev.herald.emulators.apns;

import org.jspecify.annotations.NullMarked;
