package dev.herald.worker.fcm;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import dev.herald.base.time.TimeLimit;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** One request of the SDK's, on one stream. */
final class FcmHttpRequest extends LowLevelHttpRequest {

	private static final int USUAL_BODY = 1024;

	private final Http2Connections connections;

	private final Http2Headers headers;

	private final Duration timeout;

	/**
	 * @param headers the pseudo-headers; the others are added to them
	 */
	FcmHttpRequest(Http2Connections connections, Http2Headers headers, Duration timeout) {
		this.connections = connections;
		this.headers = headers;
		this.timeout = timeout;
	}

	@Override
	public void addHeader(String name, String value) {
		// HTTP/2 wants names in lower case (RFC 9113, 8.2).
		String lower = name.toLowerCase(Locale.ROOT);
		// The answers are a line or two: not worth the SDK's default of gzip.
		if (!"accept-encoding".equals(lower)) {
			headers.add(lower, value);
		}
	}

	@Override
	public LowLevelHttpResponse execute() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BODY);
		if (getStreamingContent() != null) {
			getStreamingContent().writeTo(body);
			headers.set("content-type", getContentType());
		}
		headers.set("content-length", Integer.toString(body.size()));
		Http2Reply reply = exchange(new Http2Request(headers, body.toByteArray(), new CompletableFuture<>()));
		if (WithheldAnswerException.concerns(reply.status())) {
			throw new WithheldAnswerException(reply.status(), reply.text(), reply.header("retry-after"));
		}
		return new FcmHttpResponse(reply);
	}

	private Http2Reply exchange(Http2Request request) throws IOException {
		Http2Connection connection = connections.next();
		long started = System.nanoTime();
		connection.send(request);
		TimeLimit.set(request.reply(), timeout);
		try {
			return request.reply().get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof TimeoutException late) {
				if (!connection.hasRepliedSince(started)) {
					connections.replace(connection);
				}
				throw timedOut(late);
			}
			throw new IOException(String.valueOf(ex.getCause()), ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			request.reply().cancel(false);
			throw (IOException) new InterruptedIOException("interrupted while waiting for a reply").initCause(ex);
		}
	}

	private static IOException timedOut(TimeoutException late) {
		SocketTimeoutException timeout = new SocketTimeoutException(late.getMessage());
		timeout.initCause(late);
		return timeout;
	}

}
