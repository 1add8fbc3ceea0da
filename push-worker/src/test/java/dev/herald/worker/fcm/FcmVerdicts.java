package dev.herald.worker.fcm;

import com.google.firebase.messaging.MessagingErrorCode;
import dev.herald.worker.push.PushOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the worker makes of the ways in which FCM fails, for tests of what follows. */
public final class FcmVerdicts {

	private FcmVerdicts() {
	}

	/** 503. */
	public static PushOutcome unavailable(@Nullable Duration retryAfter, Instant askedAt) {
		return FcmOutcomeClassifier.classify(
				new FcmFailure.Answer(503, MessagingErrorCode.UNAVAILABLE, "The service is unavailable", retryAfter),
				askedAt);
	}

	/** 429. */
	public static PushOutcome quotaExceeded(@Nullable Duration retryAfter, Instant askedAt) {
		return FcmOutcomeClassifier.classify(
				new FcmFailure.Answer(429, MessagingErrorCode.QUOTA_EXCEEDED, "Quota exceeded", retryAfter), askedAt);
	}

	/** The connection broke. */
	public static PushOutcome noAnswer(Instant askedAt) {
		return FcmOutcomeClassifier.classify(new FcmFailure.NoAnswer("Connection refused"), askedAt);
	}

}
