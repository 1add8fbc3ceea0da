package dev.herald.worker.content;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.herald.base.applications.ContentService;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.PushContent;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One application's articles. However many ask for an article at once, it is loaded once;
 * an article is kept for ten minutes by default, and that there is none, or that it could
 * not be had, for seconds. Its figures are {@code herald.articles} (requests, by whether
 * they were a {@code hit} or a {@code load}) and {@code herald.content.circuit.open}.
 * Safe for use by many threads; closed by whoever made it.
 */
public final class ArticleCache implements AutoCloseable {

	/** How long a service that is left alone is not even thought of. */
	private static final Duration NOT_ASKED_KEPT = Duration.ofMillis(200);

	/** What an entry costs beside its text, roughly. */
	private static final int ENTRY_BYTES = 200;

	private final ContentClient client;

	private final AsyncLoadingCache<String, ArticleAnswer> articles;

	private final MeterRegistry registry;

	private final List<Meter> meters = new ArrayList<>();

	private final Counter requests;

	private final Counter loads;

	/**
	 * @param application whose articles these are
	 * @param providers those that an article must fit
	 * @param executor runs what blocks: a thread for each load
	 */
	public ArticleCache(String application, ContentService service, Set<Provider> providers,
			ContentProperties properties, Executor executor, MeterRegistry registry) {
		this.client = new ContentClient(application, service, providers, properties);
		this.registry = registry;
		this.requests = counter("herald.article.requests", "articles that pairs asked for", application);
		this.loads = counter("herald.article.loads", "articles asked for at the content service", application);
		meters.add(Gauge.builder("herald.content.circuit.open", client, it -> isOpen(it.breaker()) ? 1 : 0)
			.description("1 while the content service is left alone or probed")
			.tag("application", application)
			.register(registry));
		this.articles = Caffeine.newBuilder()
			.executor(executor)
			.maximumWeight(properties.maxKept().toBytes())
			.weigher(ArticleCache::weight)
			.expireAfter(Expiry.creating((String id, ArticleAnswer answer) -> keptFor(answer, properties)))
			.buildAsync(this::load);
	}

	private Counter counter(String name, String description, String application) {
		Counter counter = Counter.builder(name)
			.description(description)
			.tag("application", application)
			.register(registry);
		meters.add(counter);
		return counter;
	}

	/**
	 * The article of this id.
	 * @return never completes exceptionally; within the time limits and retries of one
	 * load, plus what it waits for those before it
	 */
	public CompletableFuture<ArticleAnswer> get(String articleId) {
		requests.increment();
		return articles.get(articleId);
	}

	/** What the circuit breaker of the content service is doing, in lower case. */
	public String circuit() {
		return switch (client.breaker().getState()) {
			case CLOSED, DISABLED, METRICS_ONLY -> "closed";
			case OPEN, FORCED_OPEN -> "open";
			case HALF_OPEN -> "half-open";
		};
	}

	private ArticleAnswer load(String articleId) {
		ArticleAnswer answer = client.load(articleId);
		if (!(answer instanceof ArticleAnswer.NotAsked)) {
			loads.increment();
		}
		return answer;
	}

	private static boolean isOpen(CircuitBreaker breaker) {
		return breaker.getState() != CircuitBreaker.State.CLOSED;
	}

	private static Duration keptFor(ArticleAnswer answer, ContentProperties properties) {
		return switch (answer) {
			case ArticleAnswer.Found found -> properties.keep();
			case ArticleAnswer.Missing missing -> properties.keepMissing();
			case ArticleAnswer.Unusable unusable -> properties.keepMissing();
			case ArticleAnswer.Unavailable unavailable -> properties.keepFailure();
			case ArticleAnswer.NotAsked() -> NOT_ASKED_KEPT;
		};
	}

	private static int weight(String articleId, ArticleAnswer answer) {
		// Two bytes a character at the most.
		return ENTRY_BYTES + 2 * articleId.length()
				+ (answer instanceof ArticleAnswer.Found found ? 2 * length(found.content()) : ENTRY_BYTES);
	}

	private static int length(PushContent content) {
		return content.title().length() + content.message().length() + content.payload().json().length();
	}

	/** Ends what is being loaded, and takes the figures out of the registry. */
	@Override
	public void close() {
		client.close();
		meters.forEach(registry::remove);
	}

}
