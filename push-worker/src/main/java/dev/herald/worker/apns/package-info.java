/**
 * Sends through Apple Push Notification service: mapper, clients and classifier around
 * pushy.
 */
@NullMarked
package dev.herald.worker.apns;

import org.jspecify.annotations.NullMarked;
