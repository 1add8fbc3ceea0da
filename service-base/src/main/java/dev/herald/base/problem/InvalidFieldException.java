package dev.herald.base.problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request whose field or header holds what it must not: 400, with the name of the
 * field.
 */
public final class InvalidFieldException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param field the field's name in JSON, or the header's
	 * @param detail the value and what was expected
	 */
	public InvalidFieldException(String field, String detail) {
		super(HttpStatus.BAD_REQUEST, problem(field, detail), null);
	}

	private static ProblemDetail problem(String field, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
		problem.setProperty("field", field);
		return problem;
	}

}
