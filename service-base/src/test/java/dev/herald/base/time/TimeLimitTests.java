package dev.herald.base.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeLimitTests {

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

	@Test
	void aReplyThatDoesNotComeIsGivenUp() {
		CompletableFuture<String> reply = new CompletableFuture<>();

		TimeLimit.set(reply, Duration.ofMillis(50));

		assertThat(reply).failsWithin(LONG_ENOUGH)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TimeoutException.class)
			.withMessage("no reply within PT0.05S");
	}

	@Test
	void oneThatIsGivenUpWaitsUntilThen() {
		CompletableFuture<String> reply = new CompletableFuture<>();
		long began = System.nanoTime();

		TimeLimit.set(reply, Duration.ofMillis(300));

		assertThat(reply).failsWithin(LONG_ENOUGH);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	@Test
	void aReplyThatComesIsLeftAlone() {
		CompletableFuture<String> reply = new CompletableFuture<>();
		CompletableFuture<String> other = new CompletableFuture<>();

		TimeLimit.set(reply, Duration.ofMillis(50));
		TimeLimit.set(other, Duration.ofMillis(50));
		reply.complete("here");

		assertThat(other).failsWithin(LONG_ENOUGH);
		assertThat(reply).isCompletedWithValue("here");
	}

	@Test
	void whatTakesTooLongIsEnded() {
		CompletableFuture<String> ended = new CompletableFuture<>();

		try (TimeLimit limit = TimeLimit.of(Duration.ofMillis(50), () -> ended.complete("by the limit"))) {
			assertThat(ended).succeedsWithin(LONG_ENOUGH).isEqualTo("by the limit");
		}
	}

	@Test
	void whatIsDoneInTimeIsLeftAlone() {
		CompletableFuture<String> ended = new CompletableFuture<>();
		CompletableFuture<String> other = new CompletableFuture<>();

		TimeLimit.of(Duration.ofMillis(50), () -> ended.complete("by the limit")).close();
		TimeLimit.set(other, Duration.ofMillis(50));

		assertThat(other).failsWithin(LONG_ENOUGH);
		assertThat(ended).isNotDone();
	}

}
