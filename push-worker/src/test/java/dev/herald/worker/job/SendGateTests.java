package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.push.PushPriority;
import dev.herald.worker.push.PushOutcome.Accepted;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // the tests look at what the calls did
class SendGateTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private final ManualTime time = new ManualTime();

	/** What waits for the rate is started by the tests themselves. */
	private final SendGate<String> gate = new SendGate<>(2, null, time, never -> {
	});

	private final List<CompletableFuture<String>> calls = new ArrayList<>();

	private final List<String> started = new ArrayList<>();

	private boolean wanted = true;

	@Test
	void theThirdWaitsForOneOfTwoToEnd() {
		CompletableFuture<String> first = run();
		run();
		run();
		assertThat(calls).hasSize(2);

		calls.getFirst().complete("done");

		assertThat(calls).hasSize(3);
		assertThat(first).isCompletedWithValue("done");
		assertThat(gate.inFlight()).isEqualTo(2);
	}

	@Test
	void theUrgentGoFirstAndEachInTheOrderTheyCame() {
		run();
		run();
		for (String name : List.of("sale 1", "driver 1", "sale 2", "driver 2")) {
			run(name.startsWith("driver") ? PushPriority.HIGH : PushPriority.NORMAL, name);
		}

		for (int i = 0; i < 4; i++) {
			calls.get(i).complete("done");
		}

		assertThat(started).containsExactly("any", "any", "driver 1", "driver 2", "sale 1", "sale 2");
	}

	@Test
	void whoeverIsNextInLineIsToldInTheOrderOfTurns() {
		run();
		run();
		assertThat(gate.nextInLine(10)).isEmpty();
		for (String name : List.of("sale 1", "sale 2", "driver 1")) {
			run(name.startsWith("driver") ? PushPriority.HIGH : PushPriority.NORMAL, name);
		}

		assertThat(gate.nextInLine(10)).containsExactly("driver 1", "sale 1", "sale 2");
		assertThat(gate.nextInLine(2)).containsExactly("driver 1", "sale 1");
		assertThat(started).hasSize(2);
	}

	@Test
	void itIsCrowdedWhenMoreWaitThanCanBeUnderWay() {
		for (int i = 0; i < 4; i++) {
			run();
		}
		assertThat(gate.isCrowded()).as("two under way, two wait").isFalse();

		run();

		assertThat(gate.isCrowded()).isTrue();
	}

	@Test
	void whatNobodyWantsAnyLongerIsToldSoThoughThereIsNoRoom() {
		run();
		run();
		run();
		run(PushPriority.NORMAL, "sale");

		wanted = false;
		gate.startWaiting();

		assertThat(started).hasSize(4);
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
		CompletableFuture<String> thrown = gate.run("any", PushPriority.HIGH, () -> true, () -> {
			throw new IllegalStateException("broken");
		});

		assertThat(thrown).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withRootCauseInstanceOf(IllegalStateException.class);
		assertThat(gate.inFlight()).isZero();
	}

	@Test
	void aHundredThousandThatEndAtOnceDoNotOverflowTheStack() {
		CompletableFuture<String> blocking = run();
		run();
		AtomicInteger ended = new AtomicInteger();
		for (int i = 0; i < 100_000; i++) {
			gate.run("any", PushPriority.NORMAL, () -> true,
					() -> CompletableFuture.completedFuture(ended.incrementAndGet()));
			time.advance(Duration.ofNanos(1000));
		}
		assertThat(ended).hasValue(0);

		time.advance(Duration.ofSeconds(1));
		calls.getFirst().complete("done");

		assertThat(blocking).isDone();
		assertThat(ended).hasValue(100_000);
	}

	@Test
	void whatIsOverTheRateWaitsWhileThereIsRoom() {
		SendGate<String> slow = new SendGate<>(10, 60, time, never -> {
		});
		for (int i = 0; i < 5; i++) {
			slow.run("any", PushPriority.HIGH, () -> true, this::call);
		}
		assertThat(calls).as("one a second").hasSize(1);

		time.advance(Duration.ofSeconds(1));
		slow.startWaiting();

		assertThat(calls).hasSize(2);
	}

	@Test
	void theProvidersTroubleMakesTheLimitSmallerAndOneDevicesDoesNot() {
		SendGate<String> large = new SendGate<>(500, null, time, never -> {
		});
		learn(large, new Accepted("id"), 20);
		int grown = large.limit();

		learn(large, Retryable.deviceBusy("TooManyRequests", Duration.ofMinutes(1)), 100);
		learn(large, new Rejected("PayloadTooLarge"), 100);
		assertThat(large.limit()).isEqualTo(grown);
		assertThat(large.perSecond()).isInfinite();

		learn(large, Retryable.soon("UNAVAILABLE"), 100);
		assertThat(large.limit()).isEqualTo(AdaptiveLimit.FLOOR);
		assertThat(large.perSecond()).isInfinite();

		learn(large, Retryable.overQuota("QUOTA_EXCEEDED", Duration.ofMinutes(1)), 1);
		assertThat(large.perSecond()).isFinite();
	}

	private void learn(SendGate<?> of, dev.herald.worker.push.PushOutcome outcome, int times) {
		for (int i = 0; i < times; i++) {
			time.advance(Duration.ofMillis(20));
			of.learn(outcome, 50 * MILLI);
		}
	}

	private CompletableFuture<String> run() {
		return run(PushPriority.HIGH, "any");
	}

	private CompletableFuture<String> run(PushPriority priority, String name) {
		return gate.run(name, priority, () -> wanted, () -> {
			started.add(name);
			return call();
		});
	}

	private CompletableFuture<String> call() {
		CompletableFuture<String> call = new CompletableFuture<>();
		calls.add(call);
		return call;
	}

}
