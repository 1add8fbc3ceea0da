package dev.herald.worker.fcm;

import com.google.firebase.messaging.MessagingErrorCode;
import dev.herald.worker.fcm.FcmFailure.Answer;
import dev.herald.worker.fcm.FcmFailure.NoAccessToken;
import dev.herald.worker.fcm.FcmFailure.NoAnswer;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what an error of FCM means (Firebase, <em>ErrorCode</em> and <em>Best practices
 * for FCM registration token management</em>). Pure.
 */
final class FcmOutcomeClassifier {

	/**
	 * Firebase, <em>Best practices when sending FCM messages at scale</em>: 429 without
	 * Retry-After means a minute.
	 */
	private static final Duration QUOTA_PAUSE = Duration.ofSeconds(60);

	private FcmOutcomeClassifier() {
	}

	/**
	 * Classifies a failure.
	 * @param askedAt when the push was handed to FCM, which tells of dead tokens but not
	 * since when
	 */
	static PushOutcome classify(FcmFailure failure, Instant askedAt) {
		return switch (failure) {
			case Answer answer when answer.code() != null -> byCode(answer, answer.code(), askedAt);
			case Answer answer -> byStatus(answer);
			case NoAccessToken token when token.transientFailure() ->
				Retryable.soon(explained("NoAccessToken", token.message()));
			case NoAccessToken token -> new Misconfigured(explained("NoAccessToken", token.message()));
			case NoAnswer none -> Retryable.soon(explained("NoAnswer", none.message()));
		};
	}

	private static PushOutcome byCode(Answer answer, MessagingErrorCode code, Instant askedAt) {
		String reason = code.name();
		return switch (code) {
			case UNREGISTERED -> new TokenInvalid(reason, askedAt);
			case INVALID_ARGUMENT -> namesToken(answer) ? new TokenInvalid(reason, askedAt)
					: new Rejected(explained(reason, answer.message()));
			case SENDER_ID_MISMATCH -> new Rejected(reason);
			case THIRD_PARTY_AUTH_ERROR -> new Misconfigured(explained(reason, answer.message()));
			case QUOTA_EXCEEDED -> quota(reason, answer.retryAfter());
			case INTERNAL, UNAVAILABLE -> Retryable.failing(reason, answer.retryAfter());
		};
	}

	/**
	 * The answers without a code of FCM's: Google's front end, a proxy, an error before
	 * FCM was reached.
	 */
	private static PushOutcome byStatus(Answer answer) {
		int status = answer.status();
		String reason = "HTTP " + status;
		if (status == 429) {
			return quota(reason, answer.retryAfter());
		}
		if (status == 408 || status >= 500 || status < 400) {
			return Retryable.failing(reason, answer.retryAfter());
		}
		// A dead token comes with a code; a bare 404 means the project or the address.
		if (status == 401 || status == 403 || status == 404) {
			return new Misconfigured(explained(reason, answer.message()));
		}
		return new Rejected(explained(reason, answer.message()));
	}

	private static Retryable quota(String reason, @Nullable Duration retryAfter) {
		return Retryable.overQuota(reason, retryAfter == null ? QUOTA_PAUSE : retryAfter);
	}

	/**
	 * INVALID_ARGUMENT is about the payload as often as about the token; the code alone
	 * does not say. FCM's words are "The registration token is not a valid FCM
	 * registration token".
	 */
	private static boolean namesToken(Answer answer) {
		return answer.message().toLowerCase(Locale.ROOT).contains("registration token");
	}

	private static String explained(String reason, String message) {
		return message.isEmpty() ? reason : reason + ": " + message;
	}

}
