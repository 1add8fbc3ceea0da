package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.Provider;
import dev.herald.common.push.PushJob;
import dev.herald.worker.push.Jobs;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptTests {

	private static final Instant FIRST = Instant.parse("2026-11-20T12:00:00Z");

	private final PushJob job = Jobs.job(Jobs.RIDER, Provider.FCM);

	@Test
	void aJobThatWasTriedBeforeStillKnowsWhen() {
		Attempt first = new Attempt(job, FIRST);

		Attempt second = new Attempt(job.nextAttempt(first.firstTriedAt(), null), FIRST.plusSeconds(60));

		assertThat(first.firstTriedAt()).isEqualTo(FIRST);
		assertThat(second.firstTriedAt()).isEqualTo(FIRST);
	}

}
