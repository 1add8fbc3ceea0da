package dev.herald.base.security;

import dev.herald.base.problem.ProblemText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers 401 and 403 as problem details: both are decided before any controller could.
 */
final class ProblemWriter implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final Pattern BEARER = Pattern.compile("bearer \\S+", Pattern.CASE_INSENSITIVE);

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
			throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		String presented = request.getHeader(HttpHeaders.AUTHORIZATION);
		write(response, HttpStatus.UNAUTHORIZED, presented != null && BEARER.matcher(presented).matches()
				? "the API key is not known here" : "expected a header 'Authorization: Bearer <API key>'");
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
			throws IOException {
		write(response, HttpStatus.FORBIDDEN, "the API key has no role that allows this");
	}

	private static void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.getWriter().write(ProblemText.of(status, detail));
	}

}
