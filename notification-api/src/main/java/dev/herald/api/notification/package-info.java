/**
 * Notifications as they are kept: what was asked for, and which devices it went to.
 */
@NullMarked
package dev.herald.api.notification;

import org.jspecify.annotations.NullMarked;
