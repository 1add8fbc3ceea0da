package dev.herald.worker.job;

import com.rabbitmq.client.AMQP;
import dev.herald.common.device.Device;
import dev.herald.common.push.PushJob;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that is being tried.
 *
 * @param firstTriedAt when it was tried first; it travels with a retried job in the
 * header {@value #FIRST_TRIED_AT}
 */
record Attempt(PushJob job, Instant firstTriedAt) {

	private static final String FIRST_TRIED_AT = "herald-first-tried-at";

	/** The attempt at a job that has just arrived. */
	static Attempt of(PushJob job, AMQP.@Nullable BasicProperties properties, Instant now) {
		Map<String, Object> headers = properties == null ? null : properties.getHeaders();
		return headers != null && headers.get(FIRST_TRIED_AT) instanceof Long millis
				? new Attempt(job, Instant.ofEpochMilli(millis)) : new Attempt(job, now);
	}

	/** The same attempt, addressed to the device as it is registered now. */
	Attempt to(Device current) {
		return current.equals(job.device()) ? this : new Attempt(job.to(current), firstTriedAt);
	}

	/** What to send along with the job when it is tried again. */
	Map<String, Object> headers() {
		return Map.of(FIRST_TRIED_AT, firstTriedAt.toEpochMilli());
	}

}
