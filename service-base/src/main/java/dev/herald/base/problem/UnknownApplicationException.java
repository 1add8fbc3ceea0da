package dev.herald.base.problem;

import dev.herald.common.identity.ApplicationId;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An application that is not configured: 404. */
public final class UnknownApplicationException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param application the one asked for
	 */
	public UnknownApplicationException(ApplicationId application) {
		super(HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND,
				"application \"%s\" is not configured".formatted(application)), null);
	}

}
