package dev.herald.worker.fcm;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** A reply, as the SDK wants to see it; its body is in memory. */
final class FcmHttpResponse extends LowLevelHttpResponse {

	private final SimpleHttpResponse response;

	private final Header[] headers;

	FcmHttpResponse(SimpleHttpResponse response) {
		this.response = response;
		this.headers = response.getHeaders();
	}

	@Override
	public @Nullable InputStream getContent() {
		byte[] body = response.getBodyBytes();
		return body == null ? null : new ByteArrayInputStream(body);
	}

	@Override
	public @Nullable String getContentEncoding() {
		return null;
	}

	@Override
	public long getContentLength() {
		byte[] body = response.getBodyBytes();
		return body == null ? 0 : body.length;
	}

	@Override
	public @Nullable String getContentType() {
		ContentType type = response.getContentType();
		return type == null ? null : type.toString();
	}

	@Override
	public String getStatusLine() {
		return "HTTP/2 " + response.getCode();
	}

	@Override
	public int getStatusCode() {
		return response.getCode();
	}

	@Override
	public @Nullable String getReasonPhrase() {
		return response.getReasonPhrase();
	}

	@Override
	public int getHeaderCount() {
		return headers.length;
	}

	@Override
	public String getHeaderName(int index) {
		return headers[index].getName();
	}

	@Override
	public String getHeaderValue(int index) {
		return headers[index].getValue();
	}

}
