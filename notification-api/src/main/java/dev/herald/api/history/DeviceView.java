package dev.herald.api.history;

import dev.herald.api.delivery.Delivery;
import dev.herald.api.notification.Target;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.Provider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device of a notification.
 *
 * @param outcome how its job ended; {@code pending} while it has not, {@code withdrawn}
 * where there may be none
 * @param reason the provider's word or Herald's, where there is one
 * @param providerMessageId the provider's id of the push, where it took it
 * @param attempts how many times it was tried, once it has ended
 * @param endedAt when it ended
 */
record DeviceView(DeviceId deviceId, ApplicationId applicationId, Provider provider, String outcome,
		@Nullable String reason, @Nullable String providerMessageId, @Nullable Integer attempts,
		@Nullable Instant endedAt) {

	static DeviceView ended(Delivery delivery) {
		return new DeviceView(delivery.deviceId(), delivery.applicationId(), delivery.provider(),
				delivery.outcome().value(), delivery.reason(), delivery.providerMessageId(), delivery.attempts(),
				delivery.endedAt());
	}

	static DeviceView open(Target target, String outcome) {
		return new DeviceView(target.deviceId(), target.applicationId(), target.provider(), outcome, null, null, null,
				null);
	}

}
