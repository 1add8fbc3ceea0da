package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the devices of one user.
 *
 * @param applicationId the application they are wanted in, or null for every application
 */
public record DeviceQuery(UserId userId, @Nullable ApplicationId applicationId) {

	/**
	 * @throws NullPointerException if the user is missing, naming it
	 */
	public DeviceQuery {
		requireNonNull(userId, "user_id is missing");
	}

}
