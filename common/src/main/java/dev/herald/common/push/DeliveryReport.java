package dev.herald.common.push;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * How one job ended, as the push worker tells the notification API. The same report may
 * arrive twice: it counts once, by notification and registration.
 *
 * @param version the form of this message; {@value #VERSION} is the only one yet
 * @param campaignId the campaign the job is part of, or null if it was sent by itself
 * @param outcome how it ended
 * @param reason the provider's own word or Herald's, absent where there is nothing to add
 * to the outcome
 * @param providerMessageId the id under which the provider took the push, where it was
 * taken
 * @param attempts how many times the push was tried
 * @param endedAt when it ended
 */
@JsonDeserialize(using = DeliveryReportReader.class)
@JsonSerialize(using = DeliveryReportWriter.class)
public record DeliveryReport(int version, NotificationId notificationId, @Nullable CampaignId campaignId,
		RegistrationId registrationId, DeviceId deviceId, ApplicationId applicationId, Provider provider,
		DeliveryOutcome outcome, @Nullable String reason, @Nullable String providerMessageId, int attempts,
		Instant endedAt) {

	/** The form of this message that this code writes. */
	public static final int VERSION = 1;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the version is another, or attempts is negative
	 */
	public DeliveryReport {
		MessageVersion.check("delivery report", VERSION, version);
		requireNonNull(notificationId, "notification_id is missing");
		requireNonNull(registrationId, "registration_id is missing");
		requireNonNull(deviceId, "device_id is missing");
		requireNonNull(applicationId, "application_id is missing");
		requireNonNull(provider, "provider is missing");
		requireNonNull(outcome, "outcome is missing");
		requireNonNull(endedAt, "ended_at is missing");
		if (attempts < 0) {
			throw new IllegalArgumentException("attempts must be 0 or more, but was " + attempts);
		}
	}

	/** The report of a job that ended. */
	public static DeliveryReport of(PushJob job, DeliveryOutcome outcome, @Nullable String reason,
			@Nullable String providerMessageId, Instant endedAt) {
		return new DeliveryReport(VERSION, job.notificationId(), job.campaignId(), job.device().registrationId(),
				job.device().deviceId(), job.device().applicationId(), job.device().provider(), outcome, reason,
				providerMessageId, job.attempt(), endedAt);
	}

}
