package dev.herald.base.http;

import dev.herald.base.time.TimeLimit;
import dev.herald.common.json.HeraldJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks another of Herald's services over HTTP. A call blocks until the whole answer is
 * there, at most as long as its time limit. A question whose connection is lost is asked
 * once more, since one that was kept open may have been closed by the other side just
 * before it was used: so nothing must be asked that does harm when asked twice. Safe for
 * use by many threads, best by virtual ones. It keeps connections open until it is closed
 * or the JVM ends.
 */
public final class ServiceClient implements AutoCloseable {

	private static final ContentType JSON = ContentType.create("application/json");

	/** Far more than a page of devices, or the devices of one look-up's users. */
	private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

	/**
	 * Whoever asks bounds how often; nobody is to wait here until somebody else has an
	 * answer.
	 */
	private static final int MOST_CONNECTIONS = 10_000;

	/** Less than the time after which our services close a connection that is idle. */
	private static final TimeValue IDLE = TimeValue.ofSeconds(15);

	private final String service;

	private final URI url;

	private final String authorization;

	private final PoolingHttpClientConnectionManager connections;

	private final CloseableHttpClient http;

	/**
	 * @param service its name in messages, such as "the token store"
	 * @param url its address; paths are resolved against it
	 * @param apiKey a key that it accepts
	 * @param connectTimeout how long opening a connection may take
	 */
	public ServiceClient(String service, URI url, String apiKey, Duration connectTimeout) {
		this.service = service;
		this.url = url;
		this.authorization = "Bearer " + apiKey;
		this.connections = connections(connectTimeout);
		this.http = HttpClients.custom()
			.setConnectionManager(connections)
			.setDefaultRequestConfig(RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
			.evictIdleConnections(IDLE)
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableAuthCaching()
			.disableConnectionState()
			.disableContentCompression()
			.disableCookieManagement()
			.build();
	}

	/**
	 * No time limit of sockets: each read would wake the JDK's timer, and the limit of a
	 * whole call is the one that counts.
	 */
	private static PoolingHttpClientConnectionManager connections(Duration connectTimeout) {
		return PoolingHttpClientConnectionManagerBuilder.create()
			.setMaxConnTotal(MOST_CONNECTIONS)
			.setMaxConnPerRoute(MOST_CONNECTIONS)
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(Timeout.of(connectTimeout))
				.setValidateAfterInactivity(TimeValue.ofSeconds(1))
				.build())
			.build();
	}

	/** The address of the service. */
	public URI url() {
		return url;
	}

	/**
	 * @param limit from the first byte sent to the last one of the answer
	 * @throws ServiceException if there is no answer by then
	 */
	public ServiceAnswer get(String path, Duration limit) {
		return ask(path, new HttpGet(url.resolve(path)), limit);
	}

	/**
	 * @param question its body, as JSON; null for none
	 * @param limit from the first byte sent to the last one of the answer
	 * @throws ServiceException if there is no answer by then; the service may have had
	 * the question all the same
	 */
	public ServiceAnswer post(String path, @Nullable Object question, Duration limit) {
		HttpPost request = new HttpPost(url.resolve(path));
		if (question != null) {
			request.setEntity(new ByteArrayEntity(HeraldJson.write(question), JSON));
		}
		return ask(path, request, limit);
	}

	/** Breaks off what is being asked; whatever is asked from now on fails. */
	@Override
	public void close() {
		http.close(CloseMode.IMMEDIATE);
	}

	private ServiceAnswer ask(String path, HttpUriRequestBase request, Duration limit) {
		request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
		request.setHeader(HttpHeaders.ACCEPT, JSON.getMimeType());
		try (TimeLimit timeLimit = TimeLimit.of(limit, request::cancel)) {
			return sendOnceOrTwice(path, request);
		}
		catch (ConnectException | ConnectTimeoutException | UnknownHostException ex) {
			throw new ServiceException("cannot reach %s at %s".formatted(service, url), ex);
		}
		catch (IOException ex) {
			throw request.isCancelled() ? tookTooLong(limit, ex)
					: new ServiceException("lost the connection to %s at %s".formatted(service, url), ex);
		}
		catch (IllegalStateException ex) {
			// The client's word for a request that was cancelled between two of its
			// steps.
			throw request.isCancelled() ? tookTooLong(limit, ex) : ex;
		}
	}

	private ServiceException tookTooLong(Duration limit, Exception cause) {
		return new ServiceException("%s at %s took longer than %s".formatted(service, url, limit), cause);
	}

	private ServiceAnswer sendOnceOrTwice(String path, HttpUriRequestBase request) throws IOException {
		try {
			return send(path, request);
		}
		catch (ConnectException | ConnectTimeoutException | UnknownHostException ex) {
			throw ex;
		}
		catch (IOException ex) {
			if (request.isCancelled()) {
				throw ex;
			}
			connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
			return send(path, request);
		}
	}

	private ServiceAnswer send(String path, HttpUriRequestBase request) throws IOException {
		return http.execute(request, response -> new ServiceAnswer(service, path, response.getCode(), body(response)));
	}

	private byte[] body(ClassicHttpResponse response) throws IOException {
		HttpEntity entity = response.getEntity();
		if (entity == null) {
			return new byte[0];
		}
		try (InputStream content = entity.getContent()) {
			byte[] body = content.readNBytes(MAX_ANSWER_BYTES);
			if (content.read() >= 0) {
				throw new ServiceException("%s's answer is longer than %d bytes".formatted(service, MAX_ANSWER_BYTES),
						null);
			}
			return body;
		}
	}

}
