package dev.herald.base.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what a filter or the servlet container refused: the container forwards it to
 * {@code /error}.
 */
@RestController
class ErrorProblems implements ErrorController {

	@RequestMapping("${server.error.path:/error}")
	ResponseEntity<String> error(HttpServletRequest request) {
		HttpStatus status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
		return ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(ProblemText.of(status, ProblemText.detail(status)));
	}

	private static HttpStatus status(Object code) {
		HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
		return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
	}

}
