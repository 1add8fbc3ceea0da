package dev.herald.emulators.fcm;

import org.jspecify.annotations.Nullable;

/**
 * A message that FCM takes.
 *
 * @param target the registration token, or {@code /topics/…}, or a condition
 * @param validateOnly whether it is only to be checked, not sent
 */
record FcmMessage(String target, boolean validateOnly, @Nullable String title, @Nullable String body,
		@Nullable String collapseKey, @Nullable String notificationId) {
}
