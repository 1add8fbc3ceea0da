package dev.herald.base.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Something that the service needs is away; nothing was accepted: 503, with the time to
 * wait.
 */
public final class UnavailableException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param what what is away, such as "the message broker"
	 * @param retryAfter how long the caller should wait, rounded up to whole seconds, at
	 * least one
	 */
	public UnavailableException(String what, Duration retryAfter, @Nullable Throwable cause) {
		super(HttpStatus.SERVICE_UNAVAILABLE, ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
				what + " is not available; nothing was accepted"), cause);
		getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
	}

}
