package dev.herald.base.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.herald.base.backends.RealRabbitMq;
import dev.herald.base.backends.RequiresRealRabbitMq;
import dev.herald.base.broker.PublishException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

@RequiresRealRabbitMq
@Timeout(60)
class ConfirmedPublisherTests {

	private static final int ROOM = 1_000_000;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private TestBroker broker;

	private ConfirmedPublisher publisher;

	@BeforeEach
	void open() throws IOException, TimeoutException {
		broker = new TestBroker();
		broker.declare("q");
		publisher = new ConfirmedPublisher(broker.connections(), ROOM);
	}

	@AfterEach
	void theBooksBalanceAndThePublisherWorks() throws IOException {
		await("every permit came back, once").atMost(PATIENCE).until(() -> publisher.room() == ROOM);
		publisher.close();
		broker.close();
	}

	@Test
	void whatIsConfirmedIsInTheQueue() throws Exception {
		OutgoingMessage message = new OutgoingMessage("", "q", 5, bytes("{}"), Map.of("herald-reason", "ü"));

		publisher.publish(message).get(10, TimeUnit.SECONDS);

		GetResponse taken = Objects.requireNonNull(broker.take("q"));
		assertThat(taken.getBody()).asString().isEqualTo("{}");
		assertThat(taken.getProps().getDeliveryMode()).isEqualTo(2);
		assertThat(taken.getProps().getPriority()).isEqualTo(5);
		assertThat(taken.getProps().getContentType()).isEqualTo("application/json");
		assertThat(taken.getProps().getHeaders()).containsKey("herald-reason");
	}

	@Test
	void itConnectsBeforeAnybodyPublishesAndSaysIfItCannot() {
		publisher.connect(PATIENCE);

		try (ConfirmedPublisher lost = new ConfirmedPublisher(unreachable(), ROOM)) {
			assertThatThrownBy(() -> lost.connect(PATIENCE)).isInstanceOf(PublishException.class)
				.hasMessageContaining("the broker cannot be reached");
		}
	}

	private CachingConnectionFactory unreachable() {
		CachingConnectionFactory connections = broker.connections();
		connections.setPort(1);
		return connections;
	}

	@Test
	void manyThreadsPublishAtOnceAndEachMessageIsKeptOnce() throws Exception {
		int threads = 8;
		int each = 12_500;
		Callable<List<CompletableFuture<@Nullable Void>>> work = () -> IntStream.range(0, each)
			.mapToObj(i -> publisher.publish(message("q", i)))
			.toList();

		List<CompletableFuture<@Nullable Void>> all = new ArrayList<>();
		try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var done : pool.invokeAll(IntStream.range(0, threads).mapToObj(i -> work).toList())) {
				all.addAll(done.get());
			}
		}

		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(40, TimeUnit.SECONDS);
		assertThat(broker.count("q")).isEqualTo(threads * each);
	}

	/** Written by the connection's own thread, these would come between the others. */
	@Test
	void whateverFollowsFromAConfirmMayPublish() throws Exception {
		List<CompletableFuture<@Nullable Void>> all = Collections.synchronizedList(new ArrayList<>());

		for (int i = 0; i < 5000; i++) {
			int number = i;
			all.add(publisher.publish(message("q", number))
				.thenCompose(nothing -> publisher.publish(message("q", 100_000 + number))));
		}

		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(40, TimeUnit.SECONDS);
		assertThat(broker.count("q")).isEqualTo(10_000);
	}

	@Test
	void whatNoQueueTakesFailsAndNothingElseDoes() {
		List<CompletableFuture<@Nullable Void>> routable = new ArrayList<>();
		List<CompletableFuture<@Nullable Void>> unroutable = new ArrayList<>();

		for (int i = 0; i < 500; i++) {
			routable.add(publisher.publish(message("q", i)));
			unroutable.add(publisher.publish(message("nowhere", i)));
		}

		awaitEnd(routable);
		awaitEnd(unroutable);
		assertThat(routable).allMatch(future -> future.state() == Future.State.SUCCESS);
		assertThat(unroutable).extracting(ConfirmedPublisherTests::reason).containsOnly(Reason.UNROUTABLE);
		assertThat(broker.count("q")).isEqualTo(500);
	}

	@Test
	void aFailureSaysWhereTheMessageWasGoing() {
		assertThatThrownBy(() -> publisher.publish(message("nowhere", 1)).join()).cause()
			.isInstanceOf(PublishException.class)
			.hasMessage("no queue takes a message to exchange \"\" with routing key \"nowhere\": NO_ROUTE");
	}

	@Test
	void theFutureItselfFailsWithThePublishExceptionNotAWrapper() {
		List<@Nullable Throwable> seen = new CopyOnWriteArrayList<>();

		publisher.publish(message("nowhere", 1)).whenComplete((nothing, failure) -> seen.add(failure));
		publisher.publishAll(List.of(message("q", 1), message("nowhere", 2)))
			.whenComplete((nothing, failure) -> seen.add(failure));

		await().until(() -> seen.size() == 2);
		assertThat(seen).allSatisfy(failure -> assertThat(failure).isInstanceOf(PublishException.class));
	}

	@Test
	void severalAreConfirmedTogether() {
		publisher.publishAll(List.of()).join();
		publisher.publishAll(IntStream.range(0, 1000).mapToObj(i -> message("q", i)).toList()).join();

		assertThat(broker.count("q")).isEqualTo(1000);
	}

	@Test
	void whenTheBrokerClosesTheConnectionEveryFutureEndsAndPublishingGoesOn() {
		whenTheConnectionGoesEveryFutureEnds(broker::closeConnections);
	}

	@Test
	void whenTheNetworkIsCutEveryFutureEndsAndPublishingGoesOn() {
		whenTheConnectionGoesEveryFutureEnds(() -> {
			broker.proxy().cut();
			broker.proxy().restore();
		});
	}

	private void whenTheConnectionGoesEveryFutureEnds(Runnable breaking) {
		publisher.publish(message("q", 0)).join();
		Collection<CompletableFuture<@Nullable Void>> published = new ConcurrentLinkedQueue<>();
		var publishing = new AtomicBoolean(true);

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int thread = 0; thread < 4; thread++) {
				threads.submit(() -> {
					// A broken connection ends the loop too: what is refused at once
					// would
					// make it spin.
					while (publishing.get()
							&& published.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
						List<CompletableFuture<@Nullable Void>> some = IntStream.range(0, 100)
							.mapToObj(i -> publisher.publish(message("q", i)))
							.toList();
						published.addAll(some);
						CompletableFuture.allOf(some.toArray(CompletableFuture[]::new))
							.exceptionally(ex -> null)
							.join();
					}
				});
			}
			await().until(() -> published.size() > 500);
			await("something was under way when it broke").atMost(PATIENCE)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofSeconds(1))
				.until(() -> {
					breaking.run();
					return published.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
				});
			publishing.set(false);
		}

		awaitEnd(published);
		assertThat(published).filteredOn(CompletableFuture::isCompletedExceptionally)
			.extracting(ConfirmedPublisherTests::reason)
			.containsOnly(Reason.CONNECTION_LOST);
		awaitPublishing();
		await().ignoreExceptions().until(() -> broker.count("q") > 0);
		long confirmed = published.stream().filter(future -> !future.isCompletedExceptionally()).count();
		assertThat(broker.count("q")).as("what was confirmed is kept").isGreaterThanOrEqualTo(confirmed);
	}

	@Test
	void aBrokerThatFallsSilentFailsWhatIsUnderWayAndRefusesTheRestInTime() {
		publisher.publish(message("q", 0)).join();
		broker.proxy().freeze();

		List<CompletableFuture<@Nullable Void>> unanswered = IntStream.range(0, 100)
			.mapToObj(i -> publisher.publish(message("q", i)))
			.toList();

		awaitEnd(unanswered);
		assertThat(unanswered).extracting(ConfirmedPublisherTests::reason).containsOnly(Reason.CONNECTION_LOST);
		assertTimeout(Duration.ofSeconds(2),
				() -> assertThat(reason(publisher.publish(message("q", 1)))).isEqualTo(Reason.CONNECTION_LOST));
		broker.proxy().thaw();
		awaitPublishing();
	}

	@Test
	void aBrokerThatIsAwayIsRefusedAtOnce() {
		broker.proxy().cut();

		List<CompletableFuture<@Nullable Void>> refused = IntStream.range(0, 1000)
			.mapToObj(i -> publisher.publish(message("q", i)))
			.toList();

		assertThat(refused).allMatch(CompletableFuture::isDone)
			.extracting(ConfirmedPublisherTests::reason)
			.containsOnly(Reason.CONNECTION_LOST);
		broker.proxy().restore();
		awaitPublishing();
	}

	@Test
	void theFirstPublishesWaitTogetherForTheConnection() throws Exception {
		Callable<CompletableFuture<@Nullable Void>> first = () -> publisher.publish(message("q", 1));

		try (var threads = Executors.newFixedThreadPool(20)) {
			for (var done : threads.invokeAll(Collections.nCopies(20, first))) {
				done.get().get(10, TimeUnit.SECONDS);
			}
		}

		assertThat(broker.count("q")).isEqualTo(20);
	}

	@Test
	void aBlockingBrokerIsTold() {
		publisher.publish(message("q", 0)).join();
		RealRabbitMq.rabbitmqctl("set_vm_memory_high_watermark", "0.0000001");
		try {
			// The broker tells a connection that it is blocked when that publishes.
			CompletableFuture<@Nullable Void> first = publisher.publish(message("q", 1));
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(reason(publisher.publish(message("q", 2)))).isEqualTo(Reason.BLOCKED));
			assertThat(first).isNotDone();
			assertThatThrownBy(() -> publisher.publish(message("q", 2)).join()).cause()
				.hasMessage("the broker takes no messages: low on memory");
		}
		finally {
			RealRabbitMq.rabbitmqctl("set_vm_memory_high_watermark", "0.6");
		}
		awaitPublishing();
	}

	@Test
	void moreThanMayWaitForTheirConfirmsAreRefused() {
		ConfirmedPublisher small = new ConfirmedPublisher(broker.connections(), 3);
		small.publish(message("q", 0)).join();
		broker.proxy().freeze();
		List<CompletableFuture<@Nullable Void>> waiting = IntStream.range(0, 3)
			.mapToObj(i -> small.publish(message("q", i)))
			.toList();

		assertThat(reason(small.publish(message("q", 4)))).isEqualTo(Reason.SATURATED);
		assertThat(small.room()).isZero();

		broker.proxy().thaw();
		awaitEnd(waiting);
		assertThat(small.room()).isEqualTo(3);
		small.close();
	}

	@Test
	void aCallerWhoStopsWaitingChangesNothingInTheBooks() {
		publisher.publish(message("q", 0)).join();
		broker.proxy().freeze();
		CompletableFuture<@Nullable Void> timedOut = publisher.publish(message("q", 1))
			.orTimeout(50, TimeUnit.MILLISECONDS);
		CompletableFuture<@Nullable Void> cancelled = publisher.publish(message("q", 2));
		CompletableFuture<@Nullable Void> completed = publisher.publish(message("q", 3));

		cancelled.cancel(true);
		completed.complete(null);

		awaitEnd(List.of(timedOut));
		assertThat(publisher.room()).as("the broker still has them all").isEqualTo(ROOM - 3);
		broker.proxy().thaw();
		await().atMost(PATIENCE).until(() -> publisher.room() == ROOM);
	}

	@Test
	void aMissingExchangeFailsThatMessageAndTheNextGoesThrough() {
		OutgoingMessage lost = new OutgoingMessage("no-such-exchange", "k", 0, bytes("{}"), Map.of());

		CompletableFuture<@Nullable Void> failed = publisher.publish(lost);

		awaitEnd(List.of(failed));
		assertThat(reason(failed)).isEqualTo(Reason.CONNECTION_LOST);
		awaitPublishing();
	}

	@Test
	void whatCannotBeWrittenFailsAloneAndTheCountGoesOn() {
		publisher.publish(message("q", 0)).join();
		OutgoingMessage odd = new OutgoingMessage("", "q", 0, bytes("{}"), Map.of("header", new Object()));

		assertThat(reason(publisher.publish(odd))).isEqualTo(Reason.CONNECTION_LOST);

		awaitPublishing();
		List<CompletableFuture<@Nullable Void>> after = IntStream.range(0, 100)
			.mapToObj(i -> publisher.publish(message(i % 2 == 0 ? "q" : "nowhere", i)))
			.toList();
		awaitEnd(after);
		assertThat(after).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(50);
	}

	@Test
	void aClosedPublisherFailsWhatIsUnderWayAndTakesNothingMore() {
		publisher.publish(message("q", 0)).join();
		broker.proxy().freeze();
		CompletableFuture<@Nullable Void> underWay = publisher.publish(message("q", 1));

		Thread.ofVirtual().start(publisher::close);

		awaitEnd(List.of(underWay));
		assertThat(reason(underWay)).isEqualTo(Reason.CONNECTION_LOST);
		broker.proxy().thaw();
		assertThat(reason(publisher.publish(message("q", 2)))).isEqualTo(Reason.CONNECTION_LOST);
	}

	@Test
	void anInterruptedCallerIsToldAndStaysInterrupted() {
		Thread.currentThread().interrupt();

		CompletableFuture<@Nullable Void> result = publisher.publish(message("q", 1));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(reason(result)).isEqualTo(Reason.CONNECTION_LOST);
	}

	private void awaitPublishing() {
		await("publishing works again").atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> publisher.publish(message("q", 0)).handle((nothing, failure) -> failure == null).get());
	}

	private static void awaitEnd(Collection<CompletableFuture<@Nullable Void>> futures) {
		await("every future ends").atMost(PATIENCE).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
	}

	private static @Nullable Reason reason(CompletableFuture<@Nullable Void> future) {
		try {
			future.get(15, TimeUnit.SECONDS);
			return null;
		}
		catch (Exception ex) {
			Throwable cause = ex instanceof CompletionException || ex.getCause() != null ? ex.getCause() : ex;
			return cause instanceof PublishException failure ? failure.reason() : null;
		}
	}

	private static OutgoingMessage message(String queue, int number) {
		return new OutgoingMessage("", queue, 0, bytes(Integer.toString(number)), Map.of());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
