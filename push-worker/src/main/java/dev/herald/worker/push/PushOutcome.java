package dev.herald.worker.push;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt at a push ended.
 *
 * <p>
 * A push is over when the provider took it ({@link Accepted}, which says nothing about
 * the person having seen it), when it knows the token no longer ({@link TokenInvalid}),
 * when it would refuse this push every time ({@link Rejected}), and when it is no longer
 * worth showing ({@link Expired}). It is to be tried again when the trouble is the
 * provider's or the network's ({@link Retryable}). It waits, unharmed, when the trouble
 * is our credential or configuration, which concerns every push of the application alike
 * ({@link Misconfigured}).
 *
 * <p>
 * A reason is the provider's own word where there is one, and never holds a secret.
 */
public sealed interface PushOutcome {

	/**
	 * The provider took the push.
	 *
	 * @param providerMessageId the id it took it under
	 */
	record Accepted(String providerMessageId) implements PushOutcome {
	}

	/**
	 * The provider knows the device token no longer.
	 *
	 * @param invalidSince the moment the provider says it died, or else when it was asked
	 */
	record TokenInvalid(String reason, Instant invalidSince) implements PushOutcome {
	}

	/** The provider refused this push, and would refuse it again. */
	record Rejected(String reason) implements PushOutcome {
	}

	/**
	 * Another attempt may succeed.
	 *
	 * @param retryAfter how long the provider wants to be left alone, or null if it did
	 * not say
	 * @param trouble whose trouble it is, and so who must be spared
	 */
	record Retryable(String reason, @Nullable Duration retryAfter, Trouble trouble) implements PushOutcome {

		/** A failure that came without a word on when to try again. */
		public static Retryable soon(String reason) {
			return failing(reason, null);
		}

		/** The provider, or the way to it, fails. */
		public static Retryable failing(String reason, @Nullable Duration retryAfter) {
			return new Retryable(reason, retryAfter, Trouble.PROVIDER);
		}

		/** The application has sent too much. */
		public static Retryable overQuota(String reason, Duration retryAfter) {
			return new Retryable(reason, retryAfter, Trouble.QUOTA);
		}

		/** This device was sent too much; the others are none the worse for it. */
		public static Retryable deviceBusy(String reason, Duration retryAfter) {
			return new Retryable(reason, retryAfter, Trouble.DEVICE);
		}

		/** Whose trouble a failure is. */
		public enum Trouble {

			/** One device's. */
			DEVICE,

			/** The provider's or the network's: it can do with fewer pushes at a time. */
			PROVIDER,

			/** The application's: it must send slower. */
			QUOTA

		}

	}

	/** The provider refuses the application, not the push: a key, a topic, a project. */
	record Misconfigured(String reason) implements PushOutcome {
	}

	/** Its time to live ran out before it was sent. */
	record Expired() implements PushOutcome {
	}

}
