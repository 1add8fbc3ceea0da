package dev.herald.tokenstore.device;

import dev.herald.common.device.Device;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code device}: what a push needs, and what the app told about
 * itself.
 *
 * @param locale the device's language and region, or null if the app did not tell
 * @param appVersion the app's version, or null if the app did not tell
 * @param lastSeenAt when the app was last heard from, to the millisecond; FCM calls a
 * token stale after a month without contact and expires it at 270 days (Firebase,
 * <em>Manage FCM registration tokens</em>)
 */
public record RegisteredDevice(Device device, @Nullable DeviceLocale locale, @Nullable AppVersion appVersion,
		Instant lastSeenAt) {
}
