/**
 * Sends through Firebase Cloud Messaging: mapper, transport and classifier around
 * firebase-admin.
 */
@NullMarked
package dev.herald.worker.fcm;

import org.jspecify.annotations.NullMarked;
