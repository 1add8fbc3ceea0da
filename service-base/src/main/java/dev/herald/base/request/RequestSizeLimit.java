package dev.herald.base.request;

import dev.herald.base.problem.ProblemText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Refuses a body that is longer than any valid one, having read no more of it than that,
 * whether or not the request says its length.
 */
final class RequestSizeLimit extends HttpFilter {

	private final int maxBytes;

	private final List<StreamedPath> streamed;

	/**
	 * @param streamed what is not held to it
	 */
	RequestSizeLimit(int maxBytes, List<StreamedPath> streamed) {
		this.maxBytes = maxBytes;
		this.streamed = streamed;
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (streamed.stream().anyMatch(path -> path.matches(request))) {
			chain.doFilter(request, response);
			return;
		}
		if (request.getContentLengthLong() > maxBytes) {
			refuse(response);
			return;
		}
		byte[] body = request.getInputStream().readNBytes(most(request));
		if (body.length > maxBytes) {
			refuse(response);
			return;
		}
		chain.doFilter(new ReadRequest(request, body), response);
	}

	/**
	 * A body is no longer than announced, and where that is known no more memory is taken
	 * for it.
	 */
	private int most(HttpServletRequest request) {
		int announced = request.getContentLength();
		return announced < 0 ? maxBytes + 1 : announced;
	}

	private void refuse(HttpServletResponse response) throws IOException {
		response.setStatus(HttpStatus.CONTENT_TOO_LARGE.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.getWriter()
			.write(ProblemText.of(HttpStatus.CONTENT_TOO_LARGE,
					"a request body must have at most %d bytes".formatted(maxBytes)));
	}

	/** A request whose body has been read. */
	private static final class ReadRequest extends HttpServletRequestWrapper {

		private final ReadBody body;

		ReadRequest(HttpServletRequest request, byte[] body) {
			super(request);
			this.body = new ReadBody(body);
		}

		@Override
		public ServletInputStream getInputStream() {
			return body;
		}

	}

	private static final class ReadBody extends ServletInputStream {

		private final ByteArrayInputStream bytes;

		ReadBody(byte[] bytes) {
			this.bytes = new ByteArrayInputStream(bytes);
		}

		@Override
		public int read() {
			return bytes.read();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			return bytes.read(buffer, offset, length);
		}

		@Override
		public boolean isFinished() {
			return bytes.available() == 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new IllegalStateException("a body that has been read is not read asynchronously");
		}

	}

}
