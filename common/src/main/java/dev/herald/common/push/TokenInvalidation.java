package dev.herald.common.push;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import java.time.Instant;

/**
 * A provider's verdict that a device token is dead, as the push worker tells the token
 * store. The token is forgotten only if the registration still holds this token and was
 * registered before {@code invalidSince}.
 *
 * @param version the form of this message; {@value #VERSION} is the only one yet
 * @param token the token the verdict is about
 * @param invalidSince the moment the provider says the token died, or else when it was
 * asked
 * @param reason the provider's own word
 */
public record TokenInvalidation(int version, RegistrationId registrationId, ApplicationId applicationId,
		Provider provider, DeviceToken token, Instant invalidSince, String reason) {

	/** The form of this message that this code writes. */
	public static final int VERSION = 1;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the version is another
	 */
	public TokenInvalidation {
		MessageVersion.check("token invalidation", VERSION, version);
		requireNonNull(registrationId, "registration_id is missing");
		requireNonNull(applicationId, "application_id is missing");
		requireNonNull(provider, "provider is missing");
		requireNonNull(token, "token is missing");
		requireNonNull(invalidSince, "invalid_since is missing");
		requireNonNull(reason, "reason is missing");
	}

	/** The verdict that came to light when this job was sent. */
	public static TokenInvalidation of(PushJob job, Instant invalidSince, String reason) {
		return new TokenInvalidation(VERSION, job.device().registrationId(), job.device().applicationId(),
				job.device().provider(), job.device().token(), invalidSince, reason);
	}

}
