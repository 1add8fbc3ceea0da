package dev.herald.benchmarks.campaign;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.PairIdentity;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.json.HeraldJson;
import dev.herald.systemtests.Audience;
import dev.herald.systemtests.CampaignWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Pairs of user and article, published to the queue of an application as an external
 * system does, as fast as the broker takes them.
 */
final class TargetedRun {

	private static final int UNCONFIRMED = 1000;

	private final MeasuredHouse house;

	private final Audience audience;

	private final ApplicationId application;

	/**
	 * @param audience all of it in one application
	 */
	TargetedRun(MeasuredHouse house, Audience audience) {
		this.house = house;
		this.audience = audience;
		this.application = audience.application(0);
	}

	/**
	 * Publishes a pair for each of so many users, waits for the end, and checks the
	 * books. Only once for an application and a day: they share a campaign.
	 * @throws BenchmarkFailedException if not every user got their article
	 */
	CampaignRun run(String name, int pairs, int articles) throws InterruptedException {
		house.emulators().forget();
		CpuMeter meter = house.meter();
		CpuMeter.Reading began = meter.read();
		long beganNanos = System.nanoTime();
		CampaignId campaign = PairIdentity.standingCampaign(application, Instant.now());
		AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
		Thread publisher = Thread.ofPlatform().name("pairs").start(() -> publish(pairs, articles, failure));
		Duration patience = CampaignRun.patience(pairs);
		house.await("%s: %,d pushes must arrive".formatted(name, pairs), patience,
				() -> failure.get() != null || house.emulators().count() >= pairs);
		publisher.join();
		Exception cause = failure.get();
		if (cause != null) {
			throw new IllegalStateException("the pairs could not be published", cause);
		}
		CampaignWatch watch = new CampaignWatch(house.client(), campaign);
		JsonNode end = watch.until(now -> CampaignWatch.jobs(now, "accepted") >= pairs, patience);
		long tookNanos = System.nanoTime() - beganNanos;
		CpuMeter.Usage usage = meter.read().since(began);
		BenchmarkFailedException.require(
				CampaignWatch.jobs(end, "accepted") == pairs && CampaignWatch.jobs(end, "pending") == 0,
				"%s: %,d jobs must have been accepted".formatted(name, pairs), end);
		return CampaignRun.of(name, house.emulators().landings(), pairs, tookNanos, usage);
	}

	private void publish(int pairs, int articles, AtomicReference<@Nullable Exception> failure) {
		String queue = BrokerTopology.targetedQueueName(application);
		try (Connection connection = house.broker().broker().connectionFactory().newConnection();
				Channel channel = connection.createChannel()) {
			channel.confirmSelect();
			for (int user = 0; user < pairs; user++) {
				TargetedPair pair = TargetedPair.of(audience.user(user), "article-" + user % articles);
				channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, HeraldJson.write(pair));
				if (user % UNCONFIRMED == UNCONFIRMED - 1) {
					channel.waitForConfirmsOrDie();
				}
			}
			channel.waitForConfirmsOrDie();
		}
		catch (Exception ex) {
			failure.set(ex);
		}
	}

}
