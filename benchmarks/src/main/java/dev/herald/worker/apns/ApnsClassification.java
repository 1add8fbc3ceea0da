package dev.herald.worker.apns;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.herald.worker.push.PushOutcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a refusal of APNs means. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ApnsClassification {

	private final Instant askedAt = Instant.parse("2026-03-01T10:15:30Z");

	private final ApnsAnswer unregistered = new ApnsAnswer(410, "Unregistered", askedAt.minusSeconds(60));

	private final ApnsAnswer badDeviceToken = new ApnsAnswer(400, "BadDeviceToken", null);

	private final ApnsAnswer shutdown = new ApnsAnswer(503, "Shutdown", null);

	/** A dead token. */
	@Benchmark
	public PushOutcome unregistered() {
		return classify(unregistered, TokenStanding.UNKNOWN);
	}

	/** The answer that needs to know how other tokens fare. */
	@Benchmark
	public PushOutcome badDeviceToken() {
		return classify(badDeviceToken, TokenStanding.ACCEPTED);
	}

	/** APNs in trouble. */
	@Benchmark
	public PushOutcome shutdown() {
		return classify(shutdown, TokenStanding.UNKNOWN);
	}

	private PushOutcome classify(ApnsAnswer answer, TokenStanding standing) {
		return ApnsOutcomeClassifier.classify(answer, standing, askedAt);
	}

}
