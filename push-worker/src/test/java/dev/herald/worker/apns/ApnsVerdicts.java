package dev.herald.worker.apns;

import dev.herald.worker.push.PushOutcome;
import java.time.Instant;

/** What the worker makes of the ways in which APNs fails, for tests of what follows. */
public final class ApnsVerdicts {

	private ApnsVerdicts() {
	}

	/** 503. */
	public static PushOutcome unavailable(Instant askedAt) {
		return ApnsOutcomeClassifier.classify(new ApnsAnswer(503, "ServiceUnavailable", null), TokenStanding.ACCEPTED,
				askedAt);
	}

	/** 429 for one device. */
	public static PushOutcome tooManyRequests(Instant askedAt) {
		return ApnsOutcomeClassifier.classify(new ApnsAnswer(429, "TooManyRequests", null), TokenStanding.ACCEPTED,
				askedAt);
	}

}
