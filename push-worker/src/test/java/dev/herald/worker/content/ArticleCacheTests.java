package dev.herald.worker.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.applications.ContentService;
import dev.herald.common.identity.Provider;
import dev.herald.worker.fixture.ContentServer;
import dev.herald.worker.fixture.ContentServer.Behaviour;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ArticleCacheTests {

	private final ContentServer content = new ContentServer();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final ArticleCache cache = cache(new ContentService(content.url(), null), Duration.ofMinutes(10));

	@AfterEach
	void close() {
		cache.close();
		content.close();
		threads.shutdownNow();
	}

	private ArticleCache cache(ContentService service, Duration keep) {
		ContentProperties properties = new ContentProperties(keep, Duration.ofSeconds(30), Duration.ofMillis(200),
				DataSize.ofMegabytes(1), Duration.ofSeconds(2), Duration.ofMillis(300), DataSize.ofKilobytes(64), 16, 3,
				Duration.ofMillis(10), Duration.ofMillis(500));
		return new ArticleCache("com.acme.rider", service, Set.of(Provider.FCM, Provider.APNS), properties, threads,
				new SimpleMeterRegistry());
	}

	@Test
	void anArticleIsLoadedOnceHoweverManyAskAtOnce() {
		content.behave(Behaviour.HANGS);
		List<CompletableFuture<ArticleAnswer>> asked = IntStream.range(0, 200).mapToObj(i -> cache.get("a")).toList();
		Awaitility.await().until(() -> content.requests("a") == 1);

		content.behave(Behaviour.ANSWERS);

		assertThat(asked).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(ArticleAnswer.Found.class));
		assertThat(content.requests("a")).isOne();
	}

	@Test
	void anArticleIsLoadedAnewWhenItsTimeIsOver() throws InterruptedException {
		try (ArticleCache brief = cache(new ContentService(content.url(), null), Duration.ofMillis(50))) {
			brief.get("a").join();
			Thread.sleep(100);
			brief.get("a").join();
		}

		assertThat(content.requests("a")).isEqualTo(2);
	}

	@Test
	void whatIsNotThereIsSaidAndKept() {
		ArticleAnswer answer = cache.get("missing-1").join();

		assertThat(answer).isInstanceOf(ArticleAnswer.Missing.class);
		assertThat(cache.get("missing-1").join()).isEqualTo(answer);
		assertThat(content.requests("missing-1")).isOne();
	}

	@Test
	void whatCannotBeShownIsSaidWithTheReason() {
		content.answer("nonsense", "<html>");
		content.answer("empty", "{\"payload\": {}}");
		content.answer("large", "{\"title\": \"%s\"}".formatted("x".repeat(5000)));
		content.answer("image", "{\"title\": \"x\", \"image\": \"file:///etc/passwd\"}");

		assertThat(List.of("nonsense", "empty", "large", "image"))
			.allSatisfy(article -> assertThat(cache.get(article).join()).isInstanceOf(ArticleAnswer.Unusable.class));
		assertThat(((ArticleAnswer.Unusable) cache.get("large").join()).reason()).contains("4096");
		assertThat(((ArticleAnswer.Unusable) cache.get("empty").join()).reason()).contains("title or message");
	}

	@Test
	void failuresAreTriedAgainAndAnOutageOpensTheCircuitUntilAProbeSucceeds() throws InterruptedException {
		content.behave(Behaviour.DROPS);
		assertThat(cache.get("a").join()).isInstanceOf(ArticleAnswer.Unavailable.class);
		assertThat(content.requests("a")).isEqualTo(3);
		cache.get("b").join();
		int before = content.requests();

		assertThat(cache.get("c").join()).isInstanceOf(ArticleAnswer.NotAsked.class);
		assertThat(cache.circuit()).isEqualTo("open");
		assertThat(content.requests()).as("left alone").isEqualTo(before);

		content.behave(Behaviour.ANSWERS);
		Awaitility.await().until(() -> cache.get("c").join() instanceof ArticleAnswer.Found);
		Awaitility.await().until(() -> {
			cache.get("d" + System.nanoTime()).join();
			return cache.circuit().equals("closed");
		});
	}

	@Test
	void anAnswerThatStallsIsAFailureWithinItsTimeLimit() {
		content.behave(Behaviour.HANGS);

		assertThat(cache.get("a")).succeedsWithin(Duration.ofSeconds(20)).isInstanceOf(ArticleAnswer.Unavailable.class);
	}

	@Test
	void anArticleIdNamesNothingButAnArticleAndTheTokenIsReadFromItsFile(@TempDir Path directory) throws IOException {
		Path token = Files.writeString(directory.resolve("token"), "secret\n");
		try (ArticleCache guarded = cache(new ContentService(content.url(), token), Duration.ofMinutes(1))) {
			guarded.get("../admin?x=1#y").join();

			assertThat(content.path()).isEqualTo("/articles/..%2Fadmin%3Fx%3D1%23y");
			assertThat(content.authorization()).isEqualTo("Bearer secret");
		}
	}

}
