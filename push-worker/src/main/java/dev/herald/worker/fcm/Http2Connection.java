package dev.herald.worker.fcm;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One multiplexed HTTP/2 connection, opened by the first request and again after it
 * broke: a client of its own, since the library keeps one connection per host and client.
 */
final class Http2Connection implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Http2Connection.class);

	private final CloseableHttpAsyncClient client;

	private final AtomicInteger inFlight = new AtomicInteger();

	private volatile boolean failed;

	private volatile long lastReplyNanos = System.nanoTime();

	Http2Connection(SSLContext tls, Duration connectTimeout, Duration idleTimeout) {
		this.client = H2AsyncClientBuilder.create()
			.setH2Config(H2Config.custom().setPushEnabled(false).build())
			.setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
			.setTlsStrategy(ClientTlsStrategyBuilder.create().setSslContext(tls).buildAsync())
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(Timeout.of(connectTimeout))
				.setSocketTimeout(Timeout.of(idleTimeout))
				.setValidateAfterInactivity(TimeValue.ofSeconds(10))
				.build())
			.setIoReactorExceptionCallback(this::fail)
			.setThreadFactory(Thread.ofPlatform().daemon().name("fcm-http2-", 0).factory())
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching()
			.build();
		client.start();
	}

	/** The library's thread has ended: no request will ever be served here again. */
	private void fail(Exception cause) {
		failed = true;
		log.debug("A connection to FCM has ended", cause);
	}

	/** Whether it is of no use any more. */
	boolean hasFailed() {
		return failed;
	}

	/** Requests without a reply yet. */
	int inFlight() {
		return inFlight.get();
	}

	/** Whether any reply has come since that moment of {@link System#nanoTime()}. */
	boolean hasRepliedSince(long nanos) {
		return lastReplyNanos - nanos > 0;
	}

	/** Sends a request; cancelling the future resets its stream. */
	Future<SimpleHttpResponse> send(SimpleHttpRequest request) {
		inFlight.incrementAndGet();
		return client.execute(request, new Countdown());
	}

	/** Closes the connection and fails what is in flight. */
	@Override
	public void close() {
		client.close(CloseMode.IMMEDIATE);
	}

	private final class Countdown implements FutureCallback<SimpleHttpResponse> {

		@Override
		public void completed(SimpleHttpResponse response) {
			lastReplyNanos = System.nanoTime();
			inFlight.decrementAndGet();
		}

		@Override
		public void failed(Exception failure) {
			inFlight.decrementAndGet();
		}

		@Override
		public void cancelled() {
			inFlight.decrementAndGet();
		}

	}

}
