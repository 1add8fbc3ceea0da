package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // the tests look at what the calls did
class InFlightLimitTests {

	private final InFlightLimit limit = new InFlightLimit(2);

	private final List<CompletableFuture<String>> calls = new ArrayList<>();

	@Test
	void theThirdWaitsForOneOfTwoToEnd() {
		CompletableFuture<String> first = run();
		run();
		run();
		assertThat(calls).hasSize(2);

		calls.getFirst().complete("done");

		assertThat(calls).hasSize(3);
		assertThat(first).isCompletedWithValue("done");
		assertThat(limit.inFlight()).isEqualTo(2);
	}

	@Test
	void aFailureMakesRoomAndReachesTheCaller() {
		CompletableFuture<String> failed = run();
		run();
		run();

		calls.getFirst().completeExceptionally(new IllegalStateException("broken"));

		assertThat(calls).hasSize(3);
		assertThat(failed).isCompletedExceptionally();
	}

	@Test
	void anExceptionInsteadOfAFutureMakesRoomToo() {
		CompletableFuture<String> thrown = limit.run(() -> {
			throw new IllegalStateException("broken");
		});

		assertThat(thrown).failsWithin(java.time.Duration.ZERO)
			.withThrowableThat()
			.withRootCauseInstanceOf(IllegalStateException.class);
		assertThat(limit.inFlight()).isZero();
	}

	@Test
	void aHundredThousandThatEndAtOnceDoNotOverflowTheStack() {
		CompletableFuture<String> blocking = run();
		run();
		AtomicInteger ended = new AtomicInteger();
		for (int i = 0; i < 100_000; i++) {
			limit.run(() -> CompletableFuture.completedFuture(ended.incrementAndGet()));
		}
		assertThat(ended).hasValue(0);

		calls.getFirst().complete("done");

		assertThat(blocking).isDone();
		assertThat(ended).hasValue(100_000);
	}

	private CompletableFuture<String> run() {
		return limit.run(() -> {
			CompletableFuture<String> call = new CompletableFuture<>();
			calls.add(call);
			return call;
		});
	}

}
