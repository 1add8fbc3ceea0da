package dev.herald.emulators;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * firebase-admin's endpoint is a constant, so its host is replaced on the way out. On the
 * JDK's HTTP/2 client, because HttpURLConnection loses the body of a 401.
 */
final class RewritingTransport extends HttpTransport {

	private final HttpClient client;

	private final URI fcm;

	RewritingTransport(HttpClient client, URI fcm) {
		this.client = client;
		this.fcm = fcm;
	}

	@Override
	protected LowLevelHttpRequest buildRequest(String method, String url) {
		return new Request(method, URI.create(url.replace("https://fcm.googleapis.com", this.fcm.toString())));
	}

	private final class Request extends LowLevelHttpRequest {

		private final String method;

		private final HttpRequest.Builder builder;

		Request(String method, URI uri) {
			this.method = method;
			this.builder = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
		}

		@Override
		public void addHeader(String name, String value) {
			this.builder.header(name, value);
		}

		@Override
		public LowLevelHttpResponse execute() throws IOException {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			if (getStreamingContent() != null) {
				getStreamingContent().writeTo(body);
				this.builder.header("content-type", getContentType());
			}
			this.builder.method(this.method, BodyPublishers.ofByteArray(body.toByteArray()));
			try {
				return new Response(
						RewritingTransport.this.client.send(this.builder.build(), BodyHandlers.ofByteArray()));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException();
			}
		}

	}

	private static final class Response extends LowLevelHttpResponse {

		private final HttpResponse<byte[]> response;

		private final List<Map.Entry<String, String>> headers;

		Response(HttpResponse<byte[]> response) {
			this.response = response;
			this.headers = response.headers()
				.map()
				.entrySet()
				.stream()
				.filter((header) -> !header.getKey().startsWith(":"))
				.map((header) -> Map.entry(header.getKey(), header.getValue().getFirst()))
				.toList();
		}

		@Override
		public InputStream getContent() {
			return new ByteArrayInputStream(this.response.body());
		}

		@Override
		public @Nullable String getContentEncoding() {
			return null;
		}

		@Override
		public long getContentLength() {
			return this.response.body().length;
		}

		@Override
		public @Nullable String getContentType() {
			return this.response.headers().firstValue("content-type").orElse(null);
		}

		@Override
		public String getStatusLine() {
			return "HTTP/2 " + getStatusCode();
		}

		@Override
		public int getStatusCode() {
			return this.response.statusCode();
		}

		@Override
		public @Nullable String getReasonPhrase() {
			return null;
		}

		@Override
		public int getHeaderCount() {
			return this.headers.size();
		}

		@Override
		public String getHeaderName(int index) {
			return this.headers.get(index).getKey();
		}

		@Override
		public String getHeaderValue(int index) {
			return this.headers.get(index).getValue();
		}

	}

}
