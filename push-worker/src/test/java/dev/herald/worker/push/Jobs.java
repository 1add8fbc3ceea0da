package dev.herald.worker.push;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Jobs for tests. */
public final class Jobs {

	/** The application of every job that names none. */
	public static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	private static final AtomicLong REGISTRATIONS = new AtomicLong();

	private Jobs() {
	}

	/** A job like any other, for a device that no other job is for. */
	public static PushJob job(ApplicationId application, Provider provider) {
		long registration = REGISTRATIONS.incrementAndGet();
		return job(application, provider, token(provider, registration));
	}

	/** A job for the device with this token. */
	public static PushJob job(ApplicationId application, Provider provider, String token) {
		return job(application, provider, token,
				PushContent.of("Your driver is here", "Please meet your driver", Payload.EMPTY), PushPriority.HIGH,
				null, inAnHour());
	}

	/** A job with this content. */
	public static PushJob job(Provider provider, PushContent content) {
		return job(RIDER, provider, token(provider, REGISTRATIONS.incrementAndGet()), content, PushPriority.HIGH, null,
				inAnHour());
	}

	/** A job that says everything. */
	public static PushJob job(ApplicationId application, Provider provider, String token, PushContent content,
			PushPriority priority, @Nullable String collapseKey, Instant expiresAt) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		Device device = new Device(new RegistrationId(REGISTRATIONS.incrementAndGet()), new DeviceId("phone"),
				new UserId("42"), application, provider, new DeviceToken(token), Environment.PRODUCTION,
				now.minusSeconds(3600));
		return PushJob.first(NotificationId.create(), device, content, priority, collapseKey, now, expiresAt);
	}

	/** The same job at other times. */
	public static PushJob at(PushJob job, Instant acceptedAt, Instant expiresAt) {
		return new PushJob(job.version(), job.notificationId(), job.campaignId(), job.device(), job.content(),
				job.priority(), job.collapseKey(), acceptedAt, expiresAt, job.attempt(), job.firstTriedAt(),
				job.notBefore());
	}

	/** A token as the provider makes them. */
	public static String token(Provider provider, long number) {
		return switch (provider) {
			case FCM -> "emulated%014d:APA91b%016x".formatted(number, number);
			case APNS -> "%064x".formatted(number);
		};
	}

	private static Instant inAnHour() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(3600);
	}

}
