package dev.herald.emulators.http;

import java.util.Objects;

import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/** Builds the handler of one HTTP/2 connection. */
final class Http2RequestsBuilder extends AbstractHttp2ConnectionHandlerBuilder<Http2Requests, Http2RequestsBuilder> {

	/** What APNs announces, and what its clients are built around. */
	private static final long MAX_CONCURRENT_STREAMS = 1000;

	/** Longer than any answer that is worth waiting for after GOAWAY. */
	private static final long GRACE_AFTER_GO_AWAY_MS = 10_000;

	private @Nullable Endpoint endpoint;

	private int maxBody;

	Http2Requests build(Endpoint endpointOfAll, int maxBodyBytes) {
		this.endpoint = endpointOfAll;
		this.maxBody = maxBodyBytes;
		server(true);
		initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(MAX_CONCURRENT_STREAMS));
		gracefulShutdownTimeoutMillis(GRACE_AFTER_GO_AWAY_MS);
		// Thousands of clients that reset streams are not what an emulator guards
		// against,
		// and a worker that gives up many slow requests must not be thrown out for it.
		decoderEnforceMaxRstFramesPerWindow(0, 0);
		return build();
	}

	@Override
	protected Http2Requests build(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder,
			Http2Settings initialSettings) {
		Endpoint handler = Objects.requireNonNull(this.endpoint);
		Http2Requests requests = new Http2Requests(decoder, encoder, initialSettings, handler, this.maxBody);
		frameListener(requests.frames());
		return requests;
	}

}
