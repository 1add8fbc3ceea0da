package dev.herald.api.idempotency;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * An idempotency key that cannot be used now (409, with {@code Retry-After}), or not for
 * this request (409, without). The IETF draft <em>The Idempotency-Key HTTP Header
 * Field</em> answers a request whose first attempt is under way with 409 as well.
 */
public final class IdempotencyConflictException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	private IdempotencyConflictException(String type, String title, String detail) {
		super(HttpStatus.CONFLICT, problem(type, title, detail), null);
	}

	/** The key was used for another request. */
	public static IdempotencyConflictException otherRequest() {
		return new IdempotencyConflictException("urn:herald:problem:idempotency-key-reused",
				"Idempotency key used for another request",
				"this Idempotency-Key was used within 24 hours for a request with other headers or another body");
	}

	/** The same request is being carried out. */
	public static IdempotencyConflictException underWay() {
		IdempotencyConflictException conflict = new IdempotencyConflictException("urn:herald:problem:request-under-way",
				"The same request is under way",
				"a request with this Idempotency-Key is being carried out at this moment; repeat it for its answer");
		conflict.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
		return conflict;
	}

	private static ProblemDetail problem(String type, String title, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, detail);
		problem.setType(URI.create(type));
		problem.setTitle(title);
		return problem;
	}

}
