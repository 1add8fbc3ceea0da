package dev.herald.tokenstore.registration;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.tokenstore.device.AppVersion;
import dev.herald.tokenstore.device.DeviceLocale;
import dev.herald.base.request.RequestSubject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /devices}. */
record RegistrationRequest(@Nullable Provider provider, @Nullable DeviceToken token, @Nullable DeviceId deviceId,
		@Nullable Environment environment, @Nullable DeviceLocale locale, @Nullable AppVersion appVersion) {

	/** What web servers and firewalls let through as one segment of a path. */
	private static final Pattern PATH_SEGMENT = Pattern.compile("(?!\\.\\.?$)[^/\\\\;%]+");

	/**
	 * @throws InvalidFieldException if a field is missing, or holds what the others do
	 * not allow
	 */
	Registration of(RequestSubject subject) {
		Provider knownProvider = required("provider", provider);
		return new Registration(subject.userId(), subject.applicationId(), knownProvider, required("token", token),
				addressable(deviceId), environment(knownProvider), locale, appVersion);
	}

	private static <T> T required(String field, @Nullable T value) {
		if (value == null) {
			throw new InvalidFieldException(field, field + " is missing");
		}
		return value;
	}

	/**
	 * Whoever registers must be able to log out by {@code DELETE /devices/{device_id}}.
	 */
	private static @Nullable DeviceId addressable(@Nullable DeviceId deviceId) {
		if (deviceId != null && !PATH_SEGMENT.matcher(deviceId.value()).matches()) {
			throw new InvalidFieldException("device_id",
					"device_id must fit into a URL's path, without / \\ ; %% and not only dots, but was \"%s\""
						.formatted(deviceId));
		}
		return deviceId;
	}

	private Environment environment(Provider provider) {
		if (environment == null) {
			return Environment.PRODUCTION;
		}
		if (provider == Provider.FCM && environment == Environment.SANDBOX) {
			throw new InvalidFieldException("environment", "environment must be production for fcm, but was sandbox");
		}
		return environment;
	}

}
