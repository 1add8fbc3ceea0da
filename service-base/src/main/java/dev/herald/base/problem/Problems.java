package dev.herald.base.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Every error as RFC 9457 problem details: what was wrong, with which field, and what was
 * expected. No answer carries a stack trace or a class name.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // after the advices for particular causes, since
										// it takes every exception
public class Problems extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "the body must be a JSON object");
		if (ex.getCause() instanceof JacksonException cause) {
			problem.setDetail(detail(cause));
			String field = field(cause);
			if (!field.isEmpty()) {
				problem.setProperty("field", field);
			}
		}
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	@ExceptionHandler
	@Nullable ResponseEntity<Object> handleMismatch(MethodArgumentTypeMismatchException ex, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				"%s cannot be \"%s\"".formatted(ex.getName(), ex.getValue()));
		problem.setProperty("field", ex.getName());
		return handleExceptionInternal(ex, problem, new HttpHeaders(), HttpStatus.BAD_REQUEST, request);
	}

	@ExceptionHandler
	@Nullable ResponseEntity<Object> handleAnythingElse(RuntimeException ex, WebRequest request) {
		log.error("A request failed in a way that has no answer of its own", ex);
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR,
				"an error of Herald's own; its log has the details");
		return handleExceptionInternal(ex, problem, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
	}

	private static String detail(JacksonException cause) {
		return switch (cause) {
			case UnrecognizedPropertyException unknown -> "unknown field \"%s\"; known are %s"
				.formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
			case InvalidFormatException wrong ->
				"\"%s\" is not a valid %s".formatted(wrong.getValue(), kind(wrong.getTargetType()));
			case MismatchedInputException wrong when wrong.getTargetType() != null ->
				"expected %s, but found another JSON value".formatted(kind(wrong.getTargetType()));
			case DatabindException refused when refused.getCause() != null && isOurs(refused.getCause()) ->
				String.valueOf(refused.getCause().getMessage());
			case DatabindException refused -> "the body does not have the expected form";
			default -> "the body is not valid JSON";
		};
	}

	private static boolean isOurs(Throwable cause) {
		return cause instanceof IllegalArgumentException || cause instanceof NullPointerException;
	}

	private static String kind(Class<?> type) {
		if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
			return "whole number";
		}
		return type == Boolean.class || type == boolean.class ? "true or false"
				: type == String.class ? "text" : "JSON object";
	}

	private static String field(JacksonException cause) {
		List<JacksonException.Reference> path = cause.getPath();
		return path.stream()
			.map(part -> part.getPropertyName() != null ? part.getPropertyName() : "[" + part.getIndex() + "]")
			.collect(Collectors.joining("."));
	}

}
