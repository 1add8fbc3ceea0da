package dev.herald.emulators.behaviour;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an emulator treats a push that passed the provider's own checks. A push that fails
 * those checks gets the provider's refusal, whatever is programmed.
 */
public sealed interface Behaviour {

	/** The provider takes the push on. What happens when nothing is programmed. */
	record Accept() implements Behaviour {
	}

	/**
	 * The push is accepted, and the answer comes late.
	 *
	 * @param delay from the arrival to the answer, up to an hour
	 */
	record Slow(Duration delay) implements Behaviour {

		public Slow {
			requireUpToAnHour("delay", delay);
		}

	}

	/** No answer ever comes; the connection stays open. */
	record Hang() implements Behaviour {
	}

	/** The connection closes instead of an answer, and with it all requests on it. */
	record DropConnection() implements Behaviour {
	}

	/**
	 * The connection ends by a GOAWAY that names this request as not processed; earlier
	 * requests on it are still answered. On HTTP/1.1 the same as {@link DropConnection}.
	 */
	record GoAway() implements Behaviour {
	}

	/** The provider answers that it does not take the push on. */
	sealed interface Refusal extends Behaviour {

	}

	/**
	 * The device token is dead: FCM 404 {@code UNREGISTERED}, APNs 410
	 * {@code Unregistered}.
	 *
	 * @param since when it died; APNs tells, FCM does not
	 */
	record Unregistered(Instant since) implements Refusal {
	}

	/**
	 * The device token is malformed: FCM 400 {@code INVALID_ARGUMENT}, APNs 400
	 * {@code BadDeviceToken}.
	 */
	record BadDeviceToken() implements Refusal {
	}

	/** The device token is another Firebase project's: FCM 403, nothing for APNs. */
	record SenderIdMismatch() implements Refusal {
	}

	/**
	 * The application's credentials are revoked: FCM 401 {@code UNAUTHENTICATED}, APNs
	 * 403 {@code InvalidProviderToken}.
	 */
	record BadCredentials() implements Refusal {
	}

	/**
	 * Too much: FCM 429 {@code QUOTA_EXCEEDED}, APNs 429 {@code TooManyRequests}.
	 *
	 * @param retryAfter goes out as {@code Retry-After}, in whole seconds; null sends
	 * none
	 */
	record Throttle(@Nullable Duration retryAfter) implements Refusal {

		public Throttle {
			if (retryAfter != null) {
				requireUpToAnHour("retry_after", retryAfter);
			}
		}

	}

	/**
	 * The provider fails. 500 and 503 come with the provider's own body, other statuses
	 * with the page of a proxy in front of it.
	 *
	 * @param status 500 to 599
	 * @param retryAfter as in {@link Throttle}
	 */
	record ServerError(int status, @Nullable Duration retryAfter) implements Refusal {

		public ServerError {
			if (status < 500 || status > 599) {
				throw new IllegalArgumentException("status is %d, expected 500 to 599".formatted(status));
			}
			if (retryAfter != null) {
				requireUpToAnHour("retry_after", retryAfter);
			}
		}

	}

	/**
	 * Any other refusal the provider knows, by the provider's own name of it:
	 * {@code THIRD_PARTY_AUTH_ERROR}, {@code DeviceTokenNotForTopic}.
	 */
	record Refuse(String reason) implements Refusal {
	}

	private static void requireUpToAnHour(String name, Duration value) {
		if (value.isNegative() || value.compareTo(Duration.ofHours(1)) > 0) {
			throw new IllegalArgumentException("%s is %s, expected 0 to an hour".formatted(name, value));
		}
	}

}
