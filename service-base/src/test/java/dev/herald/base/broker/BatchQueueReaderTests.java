package dev.herald.base.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.herald.base.backends.RequiresRealRabbitMq;
import dev.herald.common.json.HeraldJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

@RequiresRealRabbitMq
@Timeout(60)
class BatchQueueReaderTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** A message of these tests. */
	record Numbered(int number) {
	}

	private final List<List<Numbered>> batches = new CopyOnWriteArrayList<>();

	private TestBroker broker;

	private CachingConnectionFactory connections;

	private ConfirmedPublisher publisher;

	private @Nullable BatchQueueReader<Numbered> reader;

	@BeforeEach
	void open() throws IOException, TimeoutException {
		broker = new TestBroker();
		broker.declare("numbers");
		broker.declare("poison");
		connections = broker.connections();
		publisher = new ConfirmedPublisher(connections, 100);
	}

	@AfterEach
	void close() throws IOException {
		if (reader != null) {
			reader.stop();
		}
		publisher.close();
		broker.close();
	}

	@Test
	void messagesComeInOrderAndInBatchesNoGreaterThanAsked() throws IOException {
		send(0, 1000);

		start(100, batches::add);

		await().atMost(PATIENCE).until(() -> handled().size() == 1000);
		assertThat(handled()).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
		assertThat(batches).allMatch(batch -> !batch.isEmpty() && batch.size() <= 100);
		assertThat(batches).as("what waits together comes together").hasSizeLessThan(50);
		awaitAllAcknowledged();
	}

	@Test
	void aSingleMessageIsNotHeldBackUntilTheBatchIsFull() throws IOException {
		start(100, batches::add);

		send(7, 1);

		await().atMost(Duration.ofSeconds(5)).until(() -> handled().equals(List.of(7)));
	}

	@Test
	void whatCannotBeReadIsSetAsideWithTheReasonAndTheRestIsHandled() throws IOException {
		send(0, 3);
		broker.send("numbers", bytes("not JSON"));
		broker.send("numbers", bytes("null"));
		broker.send("numbers", bytes("{}"));
		broker.send("numbers", new byte[0]);
		send(3, 3);

		start(10, batches::add);

		await().atMost(PATIENCE).until(() -> handled().size() == 6 && broker.count("poison") == 4);
		assertThat(handled()).containsExactly(0, 1, 2, 3, 4, 5);
		assertPoison("not JSON", "expected a Numbered, but ");
		assertPoison("null", "expected a Numbered, but found null");
		assertPoison("{}", "expected a Numbered, but at number: ");
		assertPoison("", "expected a Numbered, but ");
		awaitAllAcknowledged();
	}

	@Test
	void aBatchOfNothingButPoisonDoesNotReachTheHandler() throws IOException {
		broker.send("numbers", bytes("not JSON"));
		start(10, batches::add);

		await().atMost(PATIENCE).until(() -> broker.count("poison") == 1);
		send(1, 1);

		await().atMost(PATIENCE).until(() -> handled().equals(List.of(1)));
		assertThat(batches).hasSize(1);
		awaitAllAcknowledged();
	}

	@Test
	void aHandlerThatFailsGetsEverythingAgainUntilItWorks() throws IOException {
		List<List<Numbered>> refused = new CopyOnWriteArrayList<>();
		AtomicBoolean working = new AtomicBoolean();
		send(0, 5);
		broker.send("numbers", bytes("not JSON"));
		send(5, 5);

		start(20, batch -> {
			if (!working.get()) {
				refused.add(batch);
				throw new IllegalStateException("the database is away");
			}
			batches.add(batch);
		});
		await().atMost(PATIENCE).until(() -> refused.size() >= 3);
		working.set(true);

		await().atMost(PATIENCE).until(() -> handled().size() >= 10);
		assertThat(handled()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
		assertThat(broker.count("poison")).as("set aside once, however often the batch came").isEqualTo(1);
		awaitAllAcknowledged();
	}

	@Test
	void aMessageThatTheHandlerCannotTakeIsSetAsideAndHoldsUpNoOther() throws IOException {
		send(0, 10);

		start(20, batch -> {
			if (batch.contains(new Numbered(3)) || batch.contains(new Numbered(7))) {
				throw new IllegalStateException("a bug that only some messages set off");
			}
			batches.add(batch);
		});

		await().atMost(PATIENCE).until(() -> handled().size() == 8 && broker.count("poison") == 2);
		assertThat(handled()).containsExactlyInAnyOrder(0, 1, 2, 4, 5, 6, 8, 9);
		assertPoison("{\"number\":3}", "java.lang.IllegalStateException: a bug that only some messages set off");
		assertPoison("{\"number\":7}", "java.lang.IllegalStateException");
		awaitAllAcknowledged();
	}

	@Test
	void aMessageWhoseDataTheDatabaseRefusesIsSetAsideEvenWhenItIsAlone() throws IOException {
		send(3, 1);

		start(20, batch -> {
			throw new DataIntegrityViolationException("Data too long for column 'reason'");
		});

		await().atMost(PATIENCE).until(() -> broker.count("poison") == 1);
		assertPoison("{\"number\":3}", "org.springframework.dao.DataIntegrityViolationException: Data too long");
		awaitAllAcknowledged();
	}

	@Test
	void whileTheDatabaseIsAwayNothingIsSetAside() throws IOException {
		AtomicInteger refusals = new AtomicInteger();
		send(0, 5);

		start(20, batch -> {
			if (refusals.incrementAndGet() <= 3) {
				throw new DataAccessResourceFailureException("connection refused");
			}
			batches.add(batch);
		});

		await().atMost(PATIENCE).until(() -> handled().size() == 5);
		assertThat(handled()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
		assertThat(broker.count("poison")).isZero();
		awaitAllAcknowledged();
	}

	@Test
	void aMessageMayHoldSeveral() throws IOException {
		send(0, 1);
		broker.send("numbers", bytes("[{\"number\": 1}, {\"number\": 2}]"));
		send(3, 1);

		start(10, batches::add);

		await().atMost(PATIENCE).until(() -> handled().size() == 4);
		assertThat(handled()).containsExactly(0, 1, 2, 3);
		awaitAllAcknowledged();
	}

	@Test
	void theHandlerGetsNoMoreAtOnceThanAskedHoweverManyAMessageHolds() throws IOException {
		broker.send("numbers",
				bytes(IntStream.range(0, 25)
					.mapToObj("{\"number\": %d}"::formatted)
					.collect(Collectors.joining(",", "[", "]"))));

		start(10, batches::add);

		await().atMost(PATIENCE).until(() -> handled().size() == 25);
		assertThat(batches).extracting(List::size).containsExactly(10, 10, 5);
		awaitAllAcknowledged();
	}

	@Test
	void anArrayThatHoldsNothingOrNullIsSetAside() throws IOException {
		broker.send("numbers", bytes("[]"));
		broker.send("numbers", bytes("[{\"number\": 1}, null]"));

		start(10, batches::add);

		await().atMost(PATIENCE).until(() -> broker.count("poison") == 2);
		assertPoison("[]", "expected a Numbered, but found an array that is empty or holds null");
		assertThat(handled()).isEmpty();
		awaitAllAcknowledged();
	}

	@Test
	void ofAMessageThatHoldsSeveralOnlyWhatCannotBeTakenIsSetAside() throws IOException {
		broker.send("numbers", bytes("[{\"number\": 1}, {\"number\": 2}, {\"number\": 3}]"));

		start(10, batch -> {
			if (batch.stream().anyMatch(it -> it.number() == 2)) {
				throw new IllegalArgumentException("not two");
			}
			batches.add(batch);
		});

		await().atMost(PATIENCE).until(() -> broker.count("poison") == 1);
		assertPoison("{\"number\":2}", "java.lang.IllegalArgumentException: not two");
		assertThat(handled()).containsExactly(1, 3);
		awaitAllAcknowledged();
	}

	@Test
	void aMessageThatFailsOnlyForAMomentIsTakenWithTheOthers() throws IOException {
		AtomicInteger refusals = new AtomicInteger();
		send(0, 5);

		start(20, batch -> {
			if (batch.contains(new Numbered(0)) && refusals.incrementAndGet() <= 2) {
				throw new IllegalStateException("something that passes");
			}
			batches.add(batch);
		});

		await().atMost(PATIENCE).until(() -> handled().size() == 5);
		assertThat(broker.count("poison")).isZero();
		awaitAllAcknowledged();
	}

	@Test
	void whatIsTooLongOrSaidToBeNoJsonIsSetAside() throws IOException {
		byte[] valid = HeraldJson.write(new Numbered(1));
		byte[] megabyte = Arrays.copyOf(valid, 1_000_000);
		Arrays.fill(megabyte, valid.length, megabyte.length, (byte) ' ');
		broker.send("numbers", megabyte);
		broker.send("numbers", valid, "application/xml");
		broker.send("numbers", valid, "application/json; charset=utf-8");
		broker.send("numbers", valid, "application/octet-stream");

		start(10, batches::add);

		await().atMost(PATIENCE).until(() -> handled().size() == 2 && broker.count("poison") == 2);
		GetResponse taken = Objects.requireNonNull(broker.take("poison"));
		assertThat(String.valueOf(taken.getProps().getHeaders().get("herald-reason")))
			.isEqualTo("expected a Numbered, but found 1000000 bytes, and at most 262144 are taken");
		assertPoison("{\"number\":1}",
				"expected a Numbered, but the content type is \"application/xml\" and not application/json");
		awaitAllAcknowledged();
	}

	@Test
	void nothingIsLostWhileThePoisonQueueCannotBeReached() throws IOException {
		broker.channel().queueDelete("poison");
		broker.send("numbers", bytes("not JSON"));
		send(0, 1);
		start(10, batches::add);
		await().during(Duration.ofMillis(1500)).until(batches::isEmpty);

		broker.declare("poison");

		await().atMost(PATIENCE).until(() -> broker.count("poison") == 1 && handled().equals(List.of(0)));
		awaitAllAcknowledged();
	}

	@Test
	void readingGoesOnWhenTheConnectionWasLost() throws IOException {
		start(10, batches::add);
		send(0, 5);
		await().atMost(PATIENCE).until(() -> handled().size() == 5);

		broker.proxy().cut();
		send(5, 5);
		broker.proxy().restore();

		await().atMost(PATIENCE).until(() -> handled().containsAll(List.of(5, 6, 7, 8, 9)));
		awaitAllAcknowledged();
	}

	@Test
	void whatWasNotAcknowledgedBeforeTheConnectionWasLostComesAgain() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch lost = new CountDownLatch(1);
		start(10, batch -> {
			batches.add(batch);
			handling.countDown();
			awaitLatch(lost);
		});
		send(0, 1);
		assertThat(handling.await(10, TimeUnit.SECONDS)).isTrue();

		broker.proxy().cut();
		lost.countDown();
		broker.proxy().restore();

		await().atMost(PATIENCE).until(() -> handled().equals(List.of(0, 0)));
		awaitAllAcknowledged();
	}

	@Test
	void aReaderStartedWhileTheBrokerIsAwayReadsOnceItIsThere() throws IOException {
		send(0, 5);
		broker.proxy().cut();

		start(10, batches::add);
		broker.proxy().restore();

		await().atMost(PATIENCE).until(() -> handled().size() == 5);
	}

	@Test
	void aReaderStartedBeforeItsQueueIsThereReadsOnceItIs() throws IOException {
		broker.channel().queueDelete("numbers");
		start(10, batches::add);

		broker.declare("numbers");
		send(0, 5);

		await().atMost(Duration.ofSeconds(40)).until(() -> handled().size() == 5);
	}

	@Test
	void stoppingWaitsForTheBatchUnderWayAndLeavesTheRestInTheQueue() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		send(0, 20);
		start(5, batch -> {
			handling.countDown();
			awaitLatch(done);
			batches.add(batch);
		});
		assertThat(handling.await(10, TimeUnit.SECONDS)).isTrue();

		Thread stopping = Thread.ofVirtual().start(() -> Objects.requireNonNull(reader).stop());
		await().during(Duration.ofMillis(300)).until(stopping::isAlive);
		done.countDown();
		stopping.join();

		int handledNow = handled().size();
		assertThat(handledNow).isGreaterThanOrEqualTo(5);
		await().atMost(PATIENCE).until(() -> broker.count("numbers") == 20 - handledNow);
		assertThat(Objects.requireNonNull(reader).isRunning()).isFalse();
	}

	private void start(int batchSize, Consumer<List<Numbered>> handler) {
		reader = new BatchQueueReader<>(connections, publisher, "numbers", Numbered.class, batchSize, handler);
		reader.start();
	}

	private void send(int first, int count) throws IOException {
		for (int number = first; number < first + count; number++) {
			broker.send("numbers", HeraldJson.write(new Numbered(number)));
		}
	}

	private List<Integer> handled() {
		List<Integer> numbers = new ArrayList<>();
		batches.forEach(batch -> batch.forEach(message -> numbers.add(message.number())));
		return numbers;
	}

	/** Stopped without anything coming back, the queue had nothing unacknowledged. */
	private void awaitAllAcknowledged() {
		Objects.requireNonNull(reader).stop();
		await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> broker.count("numbers") == 0);
	}

	private void assertPoison(String body, String reason) {
		GetResponse taken = Objects.requireNonNull(broker.take("poison"));
		assertThat(taken.getBody()).asString().isEqualTo(body);
		assertThat(String.valueOf(taken.getProps().getHeaders().get("herald-reason"))).startsWith(reason);
		assertThat(taken.getProps().getHeaders().get("herald-queue")).hasToString("numbers");
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
