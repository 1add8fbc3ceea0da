package dev.herald.api.http;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A caller over the rate of its API key: 429, with the time to wait. */
final class RateExceededException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	RateExceededException(Duration wait) {
		super(HttpStatus.TOO_MANY_REQUESTS, ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS,
				"this API key is over its requests per second; nothing was accepted"), null);
		getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
	}

}
