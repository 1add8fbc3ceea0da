package dev.herald.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.base.problem.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private static final CompletableFuture<String> NEVER = new CompletableFuture<>();

	@AfterEach
	void forgetTheInterrupt() {
		Thread.interrupted();
	}

	@Test
	void whoeverWasAwaitedIsNamed() {
		Deadline deadline = Deadline.within(Duration.ofMillis(1));

		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> deadline.await(NEVER, () -> "the moon"))
			.satisfies(unavailable -> assertThat(unavailable.getBody().getDetail())
				.isEqualTo("the moon is not available; nothing was accepted"));
	}

	@Test
	void aStepIsTakenWhileSomebodyWaits() {
		Deadline deadline = Deadline.within(LONG);

		assertThat(deadline.await(CompletableFuture.completedFuture("here"), "the moon")).isEqualTo("here");

		assertThatCode(() -> deadline.check("the moon")).doesNotThrowAnyException();
	}

	@Test
	void aStepAfterTheDeadlineIsRefused() {
		assertRefused(Deadline.within(Duration.ZERO));
	}

	@Test
	void aStepAfterAWaitThatFailedIsRefused() {
		Deadline deadline = Deadline.within(LONG);

		assertThatExceptionOfType(UnavailableException.class).isThrownBy(
				() -> deadline.await(CompletableFuture.failedFuture(new IllegalStateException("gone")), "the sun"));

		assertRefused(deadline);
	}

	@Test
	void aStepAfterAnInterruptedWaitIsRefused() {
		Deadline deadline = Deadline.within(LONG);
		Thread.currentThread().interrupt();

		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> deadline.await(NEVER, "the sun"));

		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		assertRefused(deadline);
	}

	private static void assertRefused(Deadline deadline) {
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> deadline.check("the moon"))
			.withMessageContaining("the moon is not available");
	}

}
