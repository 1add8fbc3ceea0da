package dev.herald.worker.fcm;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.google.firebase.messaging.MessagingErrorCode;
import dev.herald.worker.push.PushOutcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an error of FCM means. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FcmClassification {

	private final Instant askedAt = Instant.parse("2026-03-01T10:15:30Z");

	private final FcmFailure unregistered = new FcmFailure.Answer(404, MessagingErrorCode.UNREGISTERED,
			"Requested entity was not found.", null);

	private final FcmFailure unavailable = new FcmFailure.Answer(503, MessagingErrorCode.UNAVAILABLE,
			"The service is currently unavailable.", Duration.ofSeconds(5));

	private final FcmFailure malformedToken = new FcmFailure.Answer(400, MessagingErrorCode.INVALID_ARGUMENT,
			"The registration token is not a valid FCM registration token", null);

	/** A dead token. */
	@Benchmark
	public PushOutcome unregistered() {
		return FcmOutcomeClassifier.classify(unregistered, askedAt);
	}

	/** FCM in trouble. */
	@Benchmark
	public PushOutcome unavailable() {
		return FcmOutcomeClassifier.classify(unavailable, askedAt);
	}

	/** The one answer whose words have to be read. */
	@Benchmark
	public PushOutcome malformedToken() {
		return FcmOutcomeClassifier.classify(malformedToken, askedAt);
	}

}
