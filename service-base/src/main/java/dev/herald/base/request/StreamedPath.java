package dev.herald.base.request;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;

/**
 * A request whose body is read as it comes and never held, and so is not bound by
 * {@code herald.max-request-size}: whoever reads it bounds it. A service has a bean of
 * this type for each.
 *
 * @param path the whole path
 */
public record StreamedPath(HttpMethod method, String path) {

	boolean matches(HttpServletRequest request) {
		return method.matches(request.getMethod()) && path.equals(request.getRequestURI());
	}

}
