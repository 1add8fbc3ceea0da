package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
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
		Attempt first = Attempt.of(job, new AMQP.BasicProperties(), FIRST);

		Attempt second = Attempt.of(job.nextAttempt(), with(first), FIRST.plusSeconds(60));

		assertThat(second.firstTriedAt()).isEqualTo(FIRST);
	}

	private static AMQP.BasicProperties with(Attempt attempt) {
		return new AMQP.BasicProperties.Builder().headers(attempt.headers()).build();
	}

}
