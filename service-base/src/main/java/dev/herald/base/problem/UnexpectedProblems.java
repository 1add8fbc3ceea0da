package dev.herald.base.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What nothing else has an answer for is an error of Herald's own. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class UnexpectedProblems {

	private static final Logger log = LoggerFactory.getLogger(UnexpectedProblems.class);

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unexpected(Throwable failure) {
		log.error("A request failed in a way that has no answer of its own", failure);
		return ResponseEntity.internalServerError()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR,
					"an error of Herald's own; its log has the details"));
	}

}
