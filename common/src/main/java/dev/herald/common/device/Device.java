package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import java.time.Instant;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A device as a push needs it: one user's login on one installation of one application,
 * and the token its provider knows it by.
 *
 * @param registrationId this login
 * @param deviceId the installation
 * @param token what the provider knows the device by
 * @param environment the provider's world the token belongs to
 * @param registeredAt when this token was last registered for this login, to the
 * millisecond: a provider's verdict older than this says nothing about the token
 */
@JsonDeserialize(using = DeviceReader.class)
public record Device(RegistrationId registrationId, DeviceId deviceId, UserId userId, ApplicationId applicationId,
		Provider provider, DeviceToken token, Environment environment, Instant registeredAt) {

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 */
	public Device {
		requireNonNull(registrationId, "registration_id is missing");
		requireNonNull(deviceId, "device_id is missing");
		requireNonNull(userId, "user_id is missing");
		requireNonNull(applicationId, "application_id is missing");
		requireNonNull(provider, "provider is missing");
		requireNonNull(token, "token is missing");
		requireNonNull(environment, "environment is missing");
		requireNonNull(registeredAt, "registered_at is missing");
	}

	/**
	 * A number that is another one when the token was registered again since: of the
	 * moment, and of the token, lest two registrations of the same millisecond look
	 * alike. Two that are more than a second apart never do.
	 */
	public long version() {
		return registeredAt.toEpochMilli() << 22 ^ Integer.toUnsignedLong(token.value().hashCode());
	}

}
