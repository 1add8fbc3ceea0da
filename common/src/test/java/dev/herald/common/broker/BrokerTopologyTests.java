package dev.herald.common.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is declared here is on every broker in the field: a change needs a migration. */
class BrokerTopologyTests {

	private static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	private static final Map<String, Object> PLAIN_QUORUM = Map.of("x-queue-type", "quorum", "x-delivery-limit", -1);

	private static final Map<String, Object> PLAIN_CLASSIC = Map.of("x-queue-type", "classic");

	@Test
	void aJobQueueIsNamedAfterItsApplicationAndProvider() {
		BrokerQueue queue = new BrokerTopology(QueueType.QUORUM).jobQueue(RIDER, Provider.FCM);

		assertThat(queue).isEqualTo(new BrokerQueue("push.com.acme.rider.fcm", PLAIN_QUORUM,
				new BrokerQueue.Binding("push", "com.acme.rider.fcm")));
	}

	@Test
	void aClassicJobQueueHasTwoPriorities() {
		BrokerQueue queue = new BrokerTopology(QueueType.CLASSIC).jobQueue(RIDER, Provider.APNS);

		assertThat(queue).isEqualTo(
				new BrokerQueue("push.com.acme.rider.apns", Map.of("x-queue-type", "classic", "x-max-priority", 1),
						new BrokerQueue.Binding("push", "com.acme.rider.apns")));
	}

	@ParameterizedTest
	@CsvSource({ "push.retry.1s, 1000", "push.retry.5s, 5000", "push.retry.15s, 15000", "push.retry.1m, 60000",
			"push.retry.5m, 300000", "push.retry.15m, 900000", "campaign.wait, 100" })
	void aRetryQueueGivesItsMessagesBackAfterItsDelay(String name, long milliseconds) {
		BrokerQueue.Binding binding = new BrokerQueue.Binding(name, "");

		assertThat(shared(QueueType.QUORUM, name)).isEqualTo(new BrokerQueue(name,
				Map.of("x-queue-type", "quorum", "x-delivery-limit", -1, "x-message-ttl", milliseconds,
						"x-dead-letter-exchange", "push", "x-dead-letter-strategy", "at-least-once", "x-overflow",
						"reject-publish"),
				binding));
		assertThat(shared(QueueType.CLASSIC, name)).isEqualTo(new BrokerQueue(name,
				Map.of("x-queue-type", "classic", "x-message-ttl", milliseconds, "x-dead-letter-exchange", "push"),
				binding));
	}

	@ParameterizedTest
	@CsvSource({ "push.dead", "delivery.reports", "token.invalidations", "poison", "campaign.reports",
			"campaign.pairs" })
	void anyOtherSharedQueueIsPlainAndFedByItsName(String name) {
		assertThat(shared(QueueType.QUORUM, name)).isEqualTo(new BrokerQueue(name, PLAIN_QUORUM, null));
		assertThat(shared(QueueType.CLASSIC, name)).isEqualTo(new BrokerQueue(name, PLAIN_CLASSIC, null));
	}

	@Test
	void linksAndPairsReturnToTheirQueuesByAKeyThatNoJobHas() {
		BrokerTopology topology = new BrokerTopology(QueueType.QUORUM);

		assertThat(shared(QueueType.QUORUM, "campaign.links")).isEqualTo(
				new BrokerQueue("campaign.links", PLAIN_QUORUM, new BrokerQueue.Binding("push", "campaign:links")));
		assertThat(topology.targetedQueue(RIDER)).isEqualTo(new BrokerQueue("targeted.com.acme.rider", PLAIN_QUORUM,
				new BrokerQueue.Binding("push", "targeted:com.acme.rider")));
	}

	@ParameterizedTest
	@EnumSource
	void thereIsNothingElse(QueueType type) {
		BrokerTopology topology = new BrokerTopology(type);

		assertThat(topology.sharedQueues()).hasSize(RetryDelay.values().length + 8)
			.extracting(BrokerQueue::name)
			.doesNotHaveDuplicates();
		assertThat(topology.exchanges()).containsExactly(new BrokerExchange("push", "direct"),
				new BrokerExchange("campaign.wait", "fanout"), new BrokerExchange("push.retry.1s", "fanout"),
				new BrokerExchange("push.retry.5s", "fanout"), new BrokerExchange("push.retry.15s", "fanout"),
				new BrokerExchange("push.retry.1m", "fanout"), new BrokerExchange("push.retry.5m", "fanout"),
				new BrokerExchange("push.retry.15m", "fanout"));
	}

	@ParameterizedTest
	@EnumSource
	void theLongestJobQueueNameFitsAnAmqpShortString(Provider provider) {
		String name = BrokerTopology.jobQueueName(new ApplicationId("x".repeat(128)), provider);

		assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
	}

	@Test
	void noApplicationCanTakeTheNameOfASharedQueue() {
		List<String> shared = new BrokerTopology(QueueType.QUORUM).sharedQueues()
			.stream()
			.map(BrokerQueue::name)
			.toList();
		Stream<String> tempting = Stream.of("retry", "retry.1s", "dead", "delivery.reports")
			.flatMap(id -> Stream.of(Provider.values())
				.map(provider -> BrokerTopology.jobQueueName(new ApplicationId(id), provider)));

		assertThat(tempting).doesNotContainAnyElementsOf(shared);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, ONE_SECOND", "PT-5S, ONE_SECOND", "PT1S, ONE_SECOND", "PT1.001S, FIVE_SECONDS",
			"PT15S, FIFTEEN_SECONDS", "PT59S, ONE_MINUTE", "PT61S, FIVE_MINUTES", "PT15M, FIFTEEN_MINUTES",
			"PT48H, FIFTEEN_MINUTES" })
	void aWantedDelayGetsTheShortestThatIsLongEnough(Duration wanted, RetryDelay delay) {
		assertThat(RetryDelay.atLeast(wanted)).isEqualTo(delay);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, PT1S", "PT61S, PT5M", "PT15M, PT15M", "PT15M0.001S, PT15M1S", "PT20M, PT20M", "PT26M, PT30M",
			"PT30M, PT30M", "PT31M, PT31M", "PT48H, PT48H" })
	void aWaitThatIsLongerThanEveryDelayPassesThroughSeveral(Duration wanted, Duration rounded) {
		assertThat(RetryDelay.rounded(wanted)).isEqualTo(rounded);
	}

	private static BrokerQueue shared(QueueType type, String name) {
		return new BrokerTopology(type).sharedQueues()
			.stream()
			.filter(queue -> queue.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
