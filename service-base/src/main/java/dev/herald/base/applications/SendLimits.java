package dev.herald.base.applications;

import dev.herald.common.identity.Provider;
import org.jspecify.annotations.Nullable;

/**
 * How many requests an application may make of each provider, all workers together.
 *
 * @param fcmPerMinute requests a minute to FCM
 * @param apnsPerMinute requests a minute to APNs, or null for as many as it takes: Apple
 * names no figure
 */
public record SendLimits(int fcmPerMinute, @Nullable Integer apnsPerMinute) {

	/**
	 * Firebase, <em>Throttling and quotas</em>: 600,000 messages a minute for a project.
	 */
	public static final int FCM_DEFAULT_PER_MINUTE = 600_000;

	/** What the providers grant by default. */
	public static final SendLimits DEFAULT = new SendLimits(FCM_DEFAULT_PER_MINUTE, null);

	/** Requests a minute to this provider, or null for as many as it takes. */
	public @Nullable Integer perMinute(Provider provider) {
		return switch (provider) {
			case FCM -> fcmPerMinute;
			case APNS -> apnsPerMinute;
		};
	}

}
