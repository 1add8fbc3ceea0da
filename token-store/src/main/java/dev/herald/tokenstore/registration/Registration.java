package dev.herald.tokenstore.registration;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.tokenstore.device.AppVersion;
import dev.herald.tokenstore.device.DeviceLocale;
import dev.herald.tokenstore.device.RegisteredDevice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login, or the news that its token changed: this user is on this device, which its
 * provider knows by this token.
 *
 * @param deviceId the installation, or null if the app has no id for it: the token stands
 * for it then
 * @param locale the device's language and region, or null if the app did not tell
 * @param appVersion the app's version, or null if the app did not tell
 */
record Registration(UserId userId, ApplicationId applicationId, Provider provider, DeviceToken token,
		@Nullable DeviceId deviceId, Environment environment, @Nullable DeviceLocale locale,
		@Nullable AppVersion appVersion) {

	/** Whether the row is this user's login on this device, be it by another token. */
	boolean isSameLogin(Device row) {
		return row.userId().equals(userId) && (deviceId == null || row.deviceId().equals(deviceId));
	}

	/** The row that this registration leaves behind. */
	RegisteredDevice row(RegistrationId id, DeviceId device, Instant now) {
		return new RegisteredDevice(new Device(id, device, userId, applicationId, provider, token, environment, now),
				locale, appVersion, now);
	}

}
