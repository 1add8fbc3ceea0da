package dev.herald.worker.fcm;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A reply, as the SDK wants to see it; its body is in memory. */
final class FcmHttpResponse extends LowLevelHttpResponse {

	private final Http2Reply reply;

	FcmHttpResponse(Http2Reply reply) {
		this.reply = reply;
	}

	@Override
	public InputStream getContent() {
		return new ByteArrayInputStream(reply.body());
	}

	@Override
	public @Nullable String getContentEncoding() {
		return null;
	}

	@Override
	public long getContentLength() {
		return reply.body().length;
	}

	@Override
	public @Nullable String getContentType() {
		return reply.header("content-type");
	}

	@Override
	public String getStatusLine() {
		return "HTTP/2 " + reply.status();
	}

	@Override
	public int getStatusCode() {
		return reply.status();
	}

	/** HTTP/2 has none. */
	@Override
	public @Nullable String getReasonPhrase() {
		return null;
	}

	@Override
	public int getHeaderCount() {
		return reply.headers().size();
	}

	@Override
	public String getHeaderName(int index) {
		return reply.headers().get(index).getKey();
	}

	@Override
	public String getHeaderValue(int index) {
		return reply.headers().get(index).getValue();
	}

}
