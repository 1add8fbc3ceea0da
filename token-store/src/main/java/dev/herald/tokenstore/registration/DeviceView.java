package dev.herald.tokenstore.registration;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.tokenstore.device.AppVersion;
import dev.herald.tokenstore.device.DeviceLocale;
import dev.herald.tokenstore.device.RegisteredDevice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device as an answer shows it.
 *
 * @param token the token's first characters; the whole is for pushing alone
 */
record DeviceView(RegistrationId registrationId, DeviceId deviceId, UserId userId, ApplicationId applicationId,
		Provider provider, String token, Environment environment, @Nullable DeviceLocale locale,
		@Nullable AppVersion appVersion, Instant registeredAt, Instant lastSeenAt) {

	static DeviceView of(RegisteredDevice row) {
		Device device = row.device();
		return new DeviceView(device.registrationId(), device.deviceId(), device.userId(), device.applicationId(),
				device.provider(), device.token().toString(), device.environment(), row.locale(), row.appVersion(),
				device.registeredAt(), row.lastSeenAt());
	}

	/** The answer to {@code GET /devices}. */
	record DeviceList(List<DeviceView> devices) {
	}

}
