package dev.herald.worker.campaign;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.identity.Provider;
import dev.herald.emulators.pushes.ReceivedPush;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.fixture.RunningWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broadcast through a whole worker. */
class BroadcastDeliveryTests {

	private static final int DEVICES = 300;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	@Test
	void aBroadcastReachesEveryPhoneOnce() throws IOException, TimeoutException {
		var apns = dev.herald.emulators.pushes.Provider.APNS;
		try (Phones phones = Phones.start(directory);
				TestBroker broker = Backends.broker();
				BrokerPeer peer = BrokerPeer.of(broker);
				CampaignStandIn services = CampaignStandIn.start(100);
				Connection connection = broker.connectionFactory().newConnection();
				Channel channel = connection.createChannel()) {
			peer.reset(RIDER, DRIVER);
			OutgoingMessage link = OutgoingMessage.link(services.chain(RIDER, Provider.APNS, DEVICES));
			channel.basicPublish(link.exchange(), link.routingKey(), MessageProperties.PERSISTENT_BASIC, link.body());

			try (RunningWorker worker = RunningWorker.start(broker, phones,
					// What is sent again for want of an answer is not what is tested
					// here.
					"herald.apns.request-timeout=30s", "herald.notification-api.url=" + services.url(),
					"herald.notification-api.api-key=" + CampaignStandIn.KEY,
					"herald.token-store.url=" + services.url(), "herald.token-store.api-key=" + CampaignStandIn.KEY)) {
				await().atMost(PATIENCE).until(() -> phones.accepted(apns, RIDER) >= DEVICES && services.isEnded());

				await().atMost(PATIENCE)
					.until(() -> worker.meter("herald.campaign.jobs.queued", RIDER.value(), "apns")
						.counter()
						.count() == DEVICES);
				assertThat(worker.meter("herald.campaign.pages", RIDER.value(), "apns").counter().count()).isEqualTo(3);
			}
			assertThat(phones.received(apns, RIDER)).extracting(ReceivedPush::token)
				.hasSize(DEVICES)
				.doesNotHaveDuplicates();
		}
	}

}
