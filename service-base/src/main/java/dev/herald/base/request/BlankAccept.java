package dev.herald.base.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Takes an {@code Accept} that names nothing for none, which accepts anything: the
 * metrics endpoint fails on it otherwise.
 */
final class BlankAccept extends HttpFilter {

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		List<String> accepted = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
		boolean blank = !accepted.isEmpty() && accepted.stream().allMatch(String::isBlank);
		chain.doFilter(blank ? new AcceptingAnything(request) : request, response);
	}

	private static final class AcceptingAnything extends HttpServletRequestWrapper {

		AcceptingAnything(HttpServletRequest request) {
			super(request);
		}

		@Override
		public @Nullable String getHeader(String name) {
			return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? null : super.getHeader(name);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return HttpHeaders.ACCEPT.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
		}

	}

}
