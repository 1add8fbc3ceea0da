package dev.herald.worker.content;

import dev.herald.base.applications.ContentService;
import dev.herald.common.identity.Provider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one application's content service, over connections that are kept open, a bounded
 * number at a time. What fails is asked for again a few times; a service at which most
 * fails is left alone for a while and then probed (a circuit breaker). Redirects are not
 * followed: only the configured host is ever asked. Safe for use by many threads; closed
 * by whoever made it.
 */
final class ContentClient implements AutoCloseable {

	private final ContentService service;

	private final Set<Provider> providers;

	private final ContentProperties properties;

	private final HttpClient http;

	private final CircuitBreaker breaker;

	private final Semaphore connections;

	ContentClient(String application, ContentService service, Set<Provider> providers, ContentProperties properties) {
		this.service = service;
		this.providers = providers;
		this.properties = properties;
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(properties.connectTimeout())
			.build();
		this.connections = new Semaphore(properties.maxConnections());
		this.breaker = CircuitBreaker.of(application,
				CircuitBreakerConfig.custom()
					.slidingWindowSize(20)
					.minimumNumberOfCalls(6)
					.failureRateThreshold(50)
					.waitDurationInOpenState(properties.breakerWait())
					.permittedNumberOfCallsInHalfOpenState(2)
					.build());
	}

	CircuitBreaker breaker() {
		return breaker;
	}

	/** Asks for an article; blocks until that has come to an end. */
	ArticleAnswer load(String articleId) {
		try {
			connections.acquire();
			try {
				return loadWithRetries(articleId);
			}
			finally {
				connections.release();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new ArticleAnswer.Unavailable("the worker stops");
		}
	}

	private ArticleAnswer loadWithRetries(String articleId) throws InterruptedException {
		ArticleAnswer answer = ask(articleId);
		for (int attempt = 1; attempt < properties.attempts()
				&& answer instanceof ArticleAnswer.Unavailable; attempt++) {
			Thread.sleep(backoff(attempt));
			answer = ask(articleId);
		}
		return answer;
	}

	/** Half of it by chance, lest all who failed together ask together again. */
	private Duration backoff(int failures) {
		long full = properties.backoff().toNanos() << (failures - 1);
		return Duration.ofNanos(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
	}

	private ArticleAnswer ask(String articleId) throws InterruptedException {
		if (!breaker.tryAcquirePermission()) {
			return new ArticleAnswer.NotAsked();
		}
		long started = System.nanoTime();
		ArticleAnswer answer;
		try {
			answer = answer(send(articleId));
		}
		catch (IOException | TimeoutException ex) {
			breaker.onError(System.nanoTime() - started, TimeUnit.NANOSECONDS, ex);
			return new ArticleAnswer.Unavailable("%s: %s".formatted(service.host(), ex));
		}
		catch (InterruptedException ex) {
			breaker.releasePermission();
			throw ex;
		}
		if (answer instanceof ArticleAnswer.Unavailable unavailable) {
			breaker.onError(System.nanoTime() - started, TimeUnit.NANOSECONDS, new IOException(unavailable.reason()));
		}
		else {
			breaker.onSuccess(System.nanoTime() - started, TimeUnit.NANOSECONDS);
		}
		return answer;
	}

	private HttpResponse<byte[]> send(String articleId) throws IOException, TimeoutException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(service.article(articleId))
			.header("Accept", "application/json")
			.timeout(properties.connectTimeout().plus(properties.timeout()));
		if (service.token() != null) {
			// Read each time: it may be renewed in place.
			request.header("Authorization", "Bearer " + Files.readString(service.token()).strip());
		}
		CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request.build(),
				BodyHandlers.limiting(BodyHandlers.ofByteArray(), properties.maxArticle().toBytes()));
		try {
			// The client's own limit ends with the headers; this one covers the body.
			return response.get(properties.connectTimeout().plus(properties.timeout()).toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw new IOException(ex.getCause());
		}
		finally {
			response.cancel(true);
		}
	}

	private ArticleAnswer answer(HttpResponse<byte[]> response) {
		int status = response.statusCode();
		return switch (status) {
			case 200 -> ArticleParser.parse(response.body(), providers);
			case 404, 410 ->
				new ArticleAnswer.Missing("the content service answered %d to this article".formatted(status));
			// Of the service or its configuration rather than of the article: to be
			// mended, and then the article is there.
			case 401, 403, 407, 408, 421, 425, 429 -> unavailable(status);
			default -> status >= 400 && status < 500
					? new ArticleAnswer.Unusable("the content service answered %d to this article".formatted(status))
					: unavailable(status);
		};
	}

	private ArticleAnswer unavailable(int status) {
		return new ArticleAnswer.Unavailable("%s answered %d instead of 200".formatted(service.host(), status));
	}

	@Override
	public void close() {
		http.shutdownNow();
	}

}
