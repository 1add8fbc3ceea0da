package dev.herald.worker.fcm;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An answer of FCM's that is kept from the SDK, which would act on it by itself. To 503
 * it sleeps on the calling thread and asks again, four times; to 401 it gets a new access
 * token and asks again, four times without a pause. There is no switch for either, but an
 * I/O error it passes on at once, so the answer travels as one. Herald's own retries
 * follow, through the broker and under a policy.
 */
final class WithheldAnswerException extends IOException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String body;

	private final @Nullable String retryAfter;

	WithheldAnswerException(int status, String body, @Nullable String retryAfter) {
		super("HTTP " + status);
		this.status = status;
		this.body = body;
		this.retryAfter = retryAfter;
	}

	static boolean concerns(int status) {
		return status == 401 || status == 503;
	}

	int status() {
		return status;
	}

	String body() {
		return body;
	}

	@Nullable String retryAfter() {
		return retryAfter;
	}

}
