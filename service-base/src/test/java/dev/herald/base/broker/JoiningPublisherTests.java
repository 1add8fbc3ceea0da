package dev.herald.base.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import dev.herald.base.backends.RequiresRealRabbitMq;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.json.HeraldJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresRealRabbitMq
@Timeout(60)
class JoiningPublisherTests {

	/** Stands for a report. */
	record Numbered(int number, String text) {
	}

	private TestBroker broker;

	private ConfirmedPublisher confirmed;

	private JoiningPublisher publisher;

	@BeforeEach
	void open() throws IOException, TimeoutException {
		broker = new TestBroker();
		broker.declare(BrokerTopology.CAMPAIGN_REPORTS);
		broker.declare("q");
		confirmed = new ConfirmedPublisher(broker.connections(), 10_000);
		publisher = new JoiningPublisher(confirmed);
	}

	@AfterEach
	void close() throws IOException {
		confirmed.close();
		broker.close();
	}

	@Test
	void aSingleReportTravelsAsItIs() throws Exception {
		publish(publisher.publish(report(1, "")));

		assertThat(taken(BrokerTopology.CAMPAIGN_REPORTS)).containsExactly("{\"number\":1,\"text\":\"\"}");
	}

	@Test
	void manyReportsTravelInFewMessagesInTheirOrder() throws Exception {
		publish(publisher.publishAll(IntStream.range(0, 5000).mapToObj(number -> report(number, "")).toList()));

		List<String> messages = taken(BrokerTopology.CAMPAIGN_REPORTS);
		assertThat(messages).hasSizeBetween(20, 1000);
		assertThat(numbers(messages)).containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
	}

	@Test
	void reportsOnPairsGatherForAsLongAsTheMessageBeforeWasUnderWay() throws Exception {
		broker.declare(BrokerTopology.CAMPAIGN_PAIRS);

		assertGather(BrokerTopology.CAMPAIGN_PAIRS, Duration.ofMillis(15));
	}

	@Test
	void reportsOnPushesGatherForLonger() throws Exception {
		assertGather(BrokerTopology.CAMPAIGN_REPORTS, Duration.ofMillis(50));
	}

	/** After a message that is under way for 15 ms. */
	private void assertGather(String queue, Duration gathering) throws Exception {
		AtomicLong nanoTime = new AtomicLong();
		JoiningPublisher resting = new JoiningPublisher(confirmed, nanoTime::get);
		confirmed.connect(Duration.ofSeconds(20));
		broker.proxy().freeze();
		CompletableFuture<@Nullable Void> first = resting.publish(report(queue, 0, ""));
		nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(15));
		broker.proxy().thaw();
		publish(first);

		CompletableFuture<@Nullable Void> next = resting
			.publishAll(List.of(report(queue, 1, ""), report(queue, 2, ""), report(queue, 3, "")));
		nanoTime.addAndGet(gathering.minusMillis(1).toNanos());
		Awaitility.await().during(200, TimeUnit.MILLISECONDS).until(() -> broker.count(queue) == 1);
		nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
		publish(next);

		List<String> messages = taken(queue);
		assertThat(messages).hasSize(2);
		assertThat(numbers(messages)).containsExactly(0, 1, 2, 3);
	}

	@Test
	void noMessageIsLongerThanItsReaderTakes() throws Exception {
		String longText = "x".repeat(40_000);

		publish(publisher.publishAll(IntStream.range(0, 50).mapToObj(number -> report(number, longText)).toList()));

		List<String> messages = taken(BrokerTopology.CAMPAIGN_REPORTS);
		assertThat(messages).allMatch(message -> message.length() <= HeraldJson.MAX_MESSAGE_BYTES);
		assertThat(numbers(messages)).hasSize(50);
	}

	@Test
	void whatIsNoReportTravelsByItself() throws Exception {
		publish(publisher.publishAll(IntStream.range(0, 100).mapToObj(JoiningPublisherTests::other).toList()));

		assertThat(broker.count("q")).isEqualTo(100);
	}

	@Test
	void reportsThatTheBrokerDidNotKeepFailAndThoseAfterThemGoOn() throws Exception {
		publish(publisher.publish(report(0, "")));
		broker.channel().queueDelete(BrokerTopology.CAMPAIGN_REPORTS);
		List<CompletableFuture<@Nullable Void>> lost = new ArrayList<>();
		for (int number = 1; number <= 300; number++) {
			lost.add(publisher.publish(report(number, "")));
		}
		for (CompletableFuture<@Nullable Void> one : lost) {
			assertThat(one).failsWithin(Duration.ofSeconds(20))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(PublishException.class);
		}
		broker.declare(BrokerTopology.CAMPAIGN_REPORTS);

		publish(publisher.publish(report(301, "")));

		assertThat(numbers(taken(BrokerTopology.CAMPAIGN_REPORTS))).containsExactly(301);
	}

	private static void publish(CompletableFuture<@Nullable Void> confirm) throws Exception {
		confirm.get(20, TimeUnit.SECONDS);
	}

	private static OutgoingMessage report(int number, String text) {
		return report(BrokerTopology.CAMPAIGN_REPORTS, number, text);
	}

	private static OutgoingMessage report(String queue, int number, String text) {
		return new OutgoingMessage("", queue, 0, HeraldJson.write(new Numbered(number, text)), Map.of());
	}

	private static OutgoingMessage other(int number) {
		return new OutgoingMessage("", "q", 0, HeraldJson.write(new Numbered(number, "")), Map.of());
	}

	private List<String> taken(String queue) {
		List<String> bodies = new ArrayList<>();
		for (long left = broker.count(queue); left > 0; left--) {
			GetResponse taken = Objects.requireNonNull(broker.take(queue));
			bodies.add(new String(taken.getBody(), StandardCharsets.UTF_8));
		}
		return bodies;
	}

	private static List<Integer> numbers(List<String> messages) {
		return messages.stream()
			.flatMap(message -> HeraldJson.readMessages(message.getBytes(StandardCharsets.UTF_8), null, Numbered.class)
				.stream())
			.map(Numbered::number)
			.toList();
	}

}
