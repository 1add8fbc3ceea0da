package dev.herald.worker.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * Carries the SDK's requests over a few multiplexed HTTP/2 connections. The SDK's own
 * transport opens a connection for each request in flight, has no timeouts, and knows one
 * address only.
 *
 * <p>
 * A request blocks the thread that executes it, as the SDK expects: virtual threads are
 * what to call it from. It ends within the request timeout.
 */
final class FcmTransport extends HttpTransport {

	private final String scheme;

	private final String authority;

	private final Duration requestTimeout;

	private final Http2Connections connections;

	FcmTransport(FcmProperties properties, SSLContext tls, EventLoopGroup eventLoops) {
		URI endpoint = properties.endpoint();
		this.scheme = endpoint.getScheme();
		this.authority = endpoint.getRawAuthority();
		this.requestTimeout = properties.requestTimeout();
		Http2Dialer dialer = new Http2Dialer(eventLoops, tls, endpoint, properties.connectTimeout());
		this.connections = new Http2Connections(properties.connections(), () -> new Http2Connection(dialer));
	}

	@Override
	public boolean supportsMethod(String method) {
		return "POST".equals(method.toUpperCase(Locale.ROOT));
	}

	/** The SDK knows FCM by its public address; scheme, host and port are ours to say. */
	@Override
	protected LowLevelHttpRequest buildRequest(String method, String url) {
		Http2Headers headers = new DefaultHttp2Headers(false).method(method)
			.scheme(scheme)
			.authority(authority)
			.path(URI.create(url).getRawPath());
		return new FcmHttpRequest(connections, headers, requestTimeout);
	}

	/** Closes the connections; requests under way fail. */
	@Override
	public void shutdown() {
		connections.close();
	}

}
