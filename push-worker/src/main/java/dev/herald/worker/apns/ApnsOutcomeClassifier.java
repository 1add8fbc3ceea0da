package dev.herald.worker.apns;

import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import java.time.Duration;
import java.time.Instant;

/**
 * Says what a refusal of APNs means (Apple, <em>Handling notification responses from
 * APNs</em>). pushy calls every refusal permanent, 429, 500 and 503 included; here status
 * and reason decide. Pure.
 */
final class ApnsOutcomeClassifier {

	/** APNs does not say how long; its limits are by the minute. */
	private static final Duration THROTTLE_PAUSE = Duration.ofMinutes(1);

	/**
	 * A provider token may be renewed every 20 minutes (Apple, <em>Establishing a
	 * token-based connection to APNs</em>); the refused one was just renewed, so waiting
	 * for a part of that is enough.
	 */
	private static final Duration RENEWAL_PAUSE = Duration.ofMinutes(5);

	private ApnsOutcomeClassifier() {
	}

	/**
	 * Whether the answer blames the token with words that a wrong environment gets too.
	 */
	static boolean isAmbiguousAboutToken(ApnsAnswer answer) {
		return "BadDeviceToken".equals(answer.reason()) || "DeviceTokenNotForTopic".equals(answer.reason());
	}

	/**
	 * Classifies a refusal.
	 * @param standing how the application's tokens stand, which decides where the answer
	 * {@linkplain #isAmbiguousAboutToken is ambiguous}
	 * @param askedAt when the push was handed to APNs
	 */
	static PushOutcome classify(ApnsAnswer answer, TokenStanding standing, Instant askedAt) {
		String reason = answer.reason() == null ? "HTTP " + answer.status() : answer.reason();
		if (isAmbiguousAboutToken(answer)) {
			return blamed(reason, standing, askedAt);
		}
		return switch (reason) {
			case "ExpiredProviderToken", "IdleTimeout", "Shutdown" -> Retryable.soon(reason);
			case "TopicDisallowed", "BadTopic", "MissingTopic" -> new Misconfigured(reason);
			case "TooManyProviderTokenUpdates" -> Retryable.overQuota(reason, RENEWAL_PAUSE);
			default -> byStatus(answer, reason, askedAt);
		};
	}

	private static PushOutcome blamed(String reason, TokenStanding standing, Instant askedAt) {
		return switch (standing) {
			case ACCEPTED -> new TokenInvalid(reason, askedAt);
			case UNKNOWN -> new Rejected(reason);
			case REFUSED -> new Misconfigured(reason + " for every token: wrong environment or topic");
		};
	}

	private static PushOutcome byStatus(ApnsAnswer answer, String reason, Instant askedAt) {
		return switch (answer.status()) {
			case 403 -> new Misconfigured(reason);
			case 410 -> new TokenInvalid(reason, answer.invalidSince() == null ? askedAt : answer.invalidSince());
			case 429 -> Retryable.deviceBusy(reason, THROTTLE_PAUSE);
			case 400, 404, 405, 413 -> new Rejected(reason);
			default -> answer.status() >= 500 ? Retryable.soon(reason) : new Rejected(reason);
		};
	}

}
