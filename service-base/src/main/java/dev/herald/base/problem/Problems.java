package dev.herald.base.problem;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/**
 * Every error as RFC 9457 problem details: what was wrong, with which field, and what was
 * expected. No answer carries a stack trace or a class name. A service's own advice for
 * an exception of its own goes first.
 */
@RestControllerAdvice
@Order(Problems.ORDER)
@Import({ UnexpectedProblems.class, ErrorProblems.class, ProblemValve.Installation.class, StrictRequests.class,
		BodilessErrors.class })
public class Problems extends ResponseEntityExceptionHandler {

	/** Before Spring Boot's own advice for the same exceptions, which has order 0. */
	static final int ORDER = -100;

	private static final int MAX_INSTANCE_LENGTH = 256;

	/** Herald's own texts are shorter, whatever they repeat. */
	private static final int MAX_DETAIL_LENGTH = 1500;

	/** How Spring Security names a header or parameter whose value it refuses. */
	private static final Pattern NAMED_BY_FIREWALL = Pattern
		.compile("(?:header|parameter): \"([A-Za-z0-9_.-]{1,64}) ?\" has a value");

	/** What is wrong with JSON that could not be read, in the words of JSON. */
	public static String detail(JacksonException cause) {
		return UnreadableBody.of(cause).detail();
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ex.getCause() instanceof JacksonException cause ? UnreadableBody.of(cause).problem()
				: ProblemDetail.forStatusAndDetail(status, "the body must be a JSON object, but there is none");
		return handleExceptionInternal(ex, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		String name = ex instanceof MethodArgumentTypeMismatchException argument ? argument.getName()
				: ex.getPropertyName();
		return invalid(name == null ? "a parameter" : name, mismatch(ex, name), ex, headers, request);
	}

	private static String mismatch(TypeMismatchException ex, @Nullable String name) {
		Class<?> wanted = ex.getRequiredType();
		if (wanted != null && wanted.isRecord()
				&& ex.getMostSpecificCause() instanceof IllegalArgumentException refusal) {
			return String.valueOf(refusal.getMessage());
		}
		return "%s must be %s, but was \"%.64s\"".formatted(name,
				wanted == null ? "something else" : UnreadableBody.kind(wanted), ex.getValue());
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
			MissingServletRequestParameterException ex, HttpHeaders headers, HttpStatusCode status,
			WebRequest request) {
		String name = ex.getParameterName();
		return invalid(name, "parameter " + name + " is missing", ex, headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleServletRequestBindingException(ServletRequestBindingException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (ex instanceof MissingRequestHeaderException missing) {
			String name = missing.getHeaderName();
			return invalid(name, "header " + name + " is missing", ex, headers, request);
		}
		return super.handleServletRequestBindingException(ex, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "there is nothing at this path");
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	/**
	 * An error is told whatever the request would accept: else a caller who accepts
	 * something else, or misspells it, would learn nothing.
	 */
	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		HttpHeaders withType = new HttpHeaders(headers);
		withType.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (body instanceof ProblemDetail problem) {
			bound(problem, path(request));
		}
		return super.createResponseEntity(body, withType, status, request);
	}

	/** Spring repeats what was sent, such as the path, however long. */
	private static void bound(ProblemDetail problem, String path) {
		if (path.length() > MAX_INSTANCE_LENGTH) {
			problem.setInstance(URI.create("/"));
		}
		String detail = problem.getDetail();
		if (detail != null && detail.length() > MAX_DETAIL_LENGTH) {
			problem.setDetail(detail.substring(0, MAX_DETAIL_LENGTH) + "…");
		}
	}

	private static String path(WebRequest request) {
		return request instanceof ServletWebRequest servlet ? servlet.getRequest().getRequestURI() : "";
	}

	/**
	 * What the web server and its firewall refuse not at once, but when it is first read.
	 */
	@ExceptionHandler({ RequestRejectedException.class, InvalidParameterException.class })
	@Nullable ResponseEntity<Object> handleUnreadable(RuntimeException ex, WebRequest request) {
		Matcher named = NAMED_BY_FIREWALL.matcher(String.valueOf(ex.getMessage()));
		String field = ex instanceof RequestRejectedException && named.find() ? named.group(1) : "parameters";
		return invalid(field, "%s must be named and hold text without control characters".formatted(field), ex,
				new HttpHeaders(), request);
	}

	private @Nullable ResponseEntity<Object> invalid(String field, String detail, Exception ex, HttpHeaders headers,
			WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
		problem.setProperty("field", field);
		return handleExceptionInternal(ex, problem, headers, HttpStatus.BAD_REQUEST, request);
	}

}
