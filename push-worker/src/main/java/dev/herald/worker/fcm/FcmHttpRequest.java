package dev.herald.worker.fcm;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** One request of the SDK's, on one stream. */
final class FcmHttpRequest extends LowLevelHttpRequest {

	private final Http2Connections connections;

	private final SimpleRequestBuilder request;

	private final Duration timeout;

	FcmHttpRequest(Http2Connections connections, String method, URI uri, Duration timeout) {
		this.connections = connections;
		this.request = SimpleRequestBuilder.create(method).setUri(uri);
		this.timeout = timeout;
	}

	@Override
	public void addHeader(String name, String value) {
		// The answers are a line or two: not worth the SDK's default of gzip.
		if (!HttpHeaders.ACCEPT_ENCODING.equalsIgnoreCase(name)) {
			request.addHeader(name, value);
		}
	}

	@Override
	public LowLevelHttpResponse execute() throws IOException {
		if (getStreamingContent() != null) {
			ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
			getStreamingContent().writeTo(body);
			request.setBody(body.toByteArray(), ContentType.parse(getContentType()));
		}
		SimpleHttpResponse response = exchange(request.build());
		if (WithheldAnswerException.concerns(response.getCode())) {
			throw new WithheldAnswerException(response.getCode(), text(response),
					header(response, HttpHeaders.RETRY_AFTER));
		}
		return new FcmHttpResponse(response);
	}

	private SimpleHttpResponse exchange(SimpleHttpRequest built) throws IOException {
		Http2Connection connection = connections.next();
		long started = System.nanoTime();
		Future<SimpleHttpResponse> reply = connection.send(built);
		try {
			return reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			reply.cancel(true);
			if (!connection.hasRepliedSince(started)) {
				connections.replace(connection);
			}
			throw timedOut("no reply within " + timeout, ex);
		}
		catch (ExecutionException ex) {
			throw new IOException(String.valueOf(ex.getCause()), ex.getCause());
		}
		catch (CancellationException ex) {
			throw new IOException("the connection was closed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			reply.cancel(true);
			throw (IOException) new InterruptedIOException("interrupted while waiting for a reply").initCause(ex);
		}
	}

	private static IOException timedOut(String message, Exception cause) {
		SocketTimeoutException timeout = new SocketTimeoutException(message);
		timeout.initCause(cause);
		return timeout;
	}

	private static String text(SimpleHttpResponse response) {
		String body = response.getBodyText();
		return body == null ? "" : body;
	}

	private static @Nullable String header(SimpleHttpResponse response, String name) {
		Header header = response.getFirstHeader(name);
		return header == null ? null : header.getValue();
	}

}
