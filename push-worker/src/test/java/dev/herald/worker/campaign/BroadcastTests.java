package dev.herald.worker.campaign;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.JoiningPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.http.ServiceClient;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.base.tokenstore.TokenStoreProperties;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.credit.JobCredit;
import dev.herald.worker.fixture.BrokerPeer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/**
 * Workers' expanders on a broker, with a token store and an API that speak HTTP. Nobody
 * consumes the jobs, so every one can be counted.
 */
class BroadcastTests {

	private static final int PAGE = 50;

	/** So that expanders meet a publisher that takes no more. */
	private static final int FEWER_THAN_ALL_PUBLISH = 60;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	private final TestBroker broker = Backends.broker();

	private final List<Expander> expanders = new ArrayList<>();

	private BrokerPeer peer;

	private Connection connection;

	private Channel channel;

	private CampaignStandIn services;

	@BeforeEach
	void open() throws IOException, TimeoutException {
		peer = BrokerPeer.of(broker);
		peer.reset(RIDER, DRIVER);
		connection = broker.connectionFactory().newConnection();
		channel = connection.createChannel();
		services = CampaignStandIn.start(PAGE);
		configure(RIDER, DRIVER);
	}

	@AfterEach
	void close() throws IOException {
		expanders.forEach(Expander::stop);
		services.close();
		connection.close();
		peer.close();
		broker.close();
	}

	@Test
	void everyDeviceOfEveryChainIsQueuedOnce() throws IOException {
		send(services.chain(RIDER, Provider.FCM, 510));
		send(services.chain(RIDER, Provider.FCM, 500));
		send(services.chain(DRIVER, Provider.APNS, 333));
		worker(10_000);
		worker(10_000);

		await().atMost(PATIENCE).until(services::isEnded);

		List<PushJob> rider = jobs(RIDER, Provider.FCM);
		assertThat(registrations(rider)).isEqualTo(range(1, 1010));
		assertThat(registrations(jobs(DRIVER, Provider.APNS))).isEqualTo(range(1011, 1343));
		assertThat(services.reported()).isEqualTo(range(1, 1343));
		assertThat(rider).allSatisfy(job -> {
			assertThat(job.campaignId()).isEqualTo(services.campaign());
			assertThat(job.notificationId()).isEqualTo(services.campaign().broadcastNotification());
			assertThat(job.priority()).isEqualTo(PushPriority.NORMAL);
			assertThat(job.collapseKey()).isEqualTo("sale");
			assertThat(job.content().title()).isEqualTo("Sale");
		});
		awaitNoLinks();
	}

	@Test
	void aLinkThatArrivesAgainRepeatsNothingThatWasReported() throws IOException {
		BroadcastLink link = services.chain(RIDER, Provider.FCM, 200);
		send(link);
		send(link);
		worker(10_000);

		await().atMost(PATIENCE).until(services::isEnded);
		send(link);
		send(link.next(150));
		awaitNoLinks();

		assertThat(registrations(jobs(RIDER, Provider.FCM))).isEqualTo(range(1, 200));
	}

	@Test
	void aPausedBroadcastWaitsAndGoesOnWhereItWas() throws IOException {
		services.pause(true);
		send(services.chain(RIDER, Provider.FCM, 120));
		worker(10_000);
		await().atMost(PATIENCE).until(() -> services.claims(0) > 3);
		assertThat(peer.ready(RIDER, Provider.FCM)).isZero();

		services.pause(false);

		await().atMost(PATIENCE).until(services::isEnded);
		assertThat(registrations(jobs(RIDER, Provider.FCM))).isEqualTo(range(1, 120));
	}

	@Test
	void theLinksOfACancelledBroadcastAreDropped() throws IOException {
		services.cancel();
		send(services.chain(RIDER, Provider.FCM, 120));
		send(services.chain(DRIVER, Provider.FCM, 120));
		configure(RIDER);
		worker(10_000);

		awaitNoLinks();

		assertThat(services.claims(0)).isEqualTo(1);
		assertThat(services.claims(1)).as("of an application that is not configured").isEqualTo(1);
		assertThat(peer.ready(RIDER, Provider.FCM)).isZero();
	}

	@Test
	void expansionStopsAtTheMarkAndGoesOnBelowIt() throws IOException {
		int highWater = 200;
		send(services.chain(RIDER, Provider.FCM, 700));
		worker(highWater);
		await().atMost(PATIENCE).until(() -> peer.ready(RIDER, Provider.FCM) >= highWater);
		await().during(Duration.ofSeconds(2))
			.atMost(PATIENCE)
			.until(() -> peer.ready(RIDER, Provider.FCM) < highWater + PAGE);

		List<PushJob> taken = new ArrayList<>();
		await().atMost(PATIENCE).until(() -> {
			assertThat(peer.ready(RIDER, Provider.FCM)).isLessThan(highWater + PAGE);
			taken.addAll(jobs(RIDER, Provider.FCM));
			return services.isEnded();
		});
		taken.addAll(jobs(RIDER, Provider.FCM));

		assertThat(registrations(taken)).isEqualTo(range(1, 700));
	}

	@Test
	void aBlockedLaneHoldsUpNoOther() throws IOException {
		for (int i = 0; i < 100; i++) {
			peer.send(RIDER, Provider.FCM, "{}".getBytes(StandardCharsets.UTF_8));
		}
		await().atMost(PATIENCE).until(() -> peer.ready(RIDER, Provider.FCM) == 100);
		for (int i = 0; i < 10; i++) {
			send(services.chain(RIDER, Provider.FCM, 60));
		}
		send(services.chain(DRIVER, Provider.FCM, 60));
		worker(100);

		await().atMost(PATIENCE).until(() -> services.isEnded(10));

		assertThat(registrations(jobs(DRIVER, Provider.FCM))).isEqualTo(range(601, 660));
		assertThat(services.claims(0)).as("a chain is not held while there is no room").isZero();
		channel.queuePurge(BrokerTopology.jobQueueName(RIDER, Provider.FCM));
		List<PushJob> taken = new ArrayList<>();
		await().atMost(PATIENCE).until(() -> {
			taken.addAll(jobs(RIDER, Provider.FCM));
			return services.isEnded();
		});
		taken.addAll(jobs(RIDER, Provider.FCM));
		assertThat(registrations(taken)).isEqualTo(range(1, 600));
	}

	@Test
	void nothingIsLostWhileTheTokenStoreOrTheApiIsAway() throws IOException {
		services.tokenStoreAway(true);
		send(services.chain(RIDER, Provider.FCM, 120));
		Expander worker = worker(10_000);
		await().atMost(PATIENCE).until(() -> worker.delayed("service_away") > 0);
		services.apiAway(true);
		services.tokenStoreAway(false);
		double before = worker.delayed("service_away");
		await().atMost(PATIENCE).until(() -> worker.delayed("service_away") > before);
		assertThat(peer.ready(RIDER, Provider.FCM)).isZero();

		services.apiAway(false);

		await().atMost(PATIENCE).until(services::isEnded);
		assertThat(registrations(jobs(RIDER, Provider.FCM))).isEqualTo(range(1, 120));
	}

	@Test
	void aPageWhoseReportFailsIsReportedAgainAndNotRepeated() throws IOException {
		services.failReports(3);
		send(services.chain(RIDER, Provider.FCM, 120));
		worker(10_000);

		await().atMost(PATIENCE).until(services::isEnded);

		assertThat(registrations(jobs(RIDER, Provider.FCM))).isEqualTo(range(1, 120));
	}

	@Test
	void theNextLinkWaitsForTheReportOfThePageBeforeIt() throws IOException {
		services.reportsTake(Duration.ofMillis(150));
		send(services.chain(RIDER, Provider.FCM, 5 * PAGE));
		Expander worker = worker(10_000);

		await().atMost(PATIENCE).until(services::isEnded);

		assertThat(services.claims(0)).isEqualTo(5);
		assertThat(worker.delayed("not_its_turn")).isZero();
	}

	@Test
	void aLinkWhosePageIsNotDueWaitsWithoutAsking() throws IOException {
		// Whoever has half a second or more to wait waits a whole one: the page may take
		// the rest.
		services.pageEvery(Duration.ofMillis(950));
		send(services.chain(RIDER, Provider.FCM, 3 * PAGE + 1));
		Expander worker = worker(10_000);

		await().atMost(PATIENCE).until(services::isEnded);

		assertThat(services.claims(0)).as("one for each page").isEqualTo(4);
		assertThat(worker.delayed("not_its_turn")).isEqualTo(3);
		assertThat(registrations(jobs(RIDER, Provider.FCM))).isEqualTo(range(1, 3 * PAGE + 1));
	}

	@Test
	void aWorkerThatDiesInAPageLeavesItToBeRepeatedOnce() throws IOException {
		services.failReports(Integer.MAX_VALUE);
		send(services.chain(RIDER, Provider.FCM, 300));
		Expander dying = worker(10_000);
		await().atMost(PATIENCE).until(() -> services.reportsToFail() < Integer.MAX_VALUE);

		dying.kill();
		services.failReports(0);
		worker(10_000);

		await().atMost(PATIENCE).until(services::isEnded);
		awaitNoLinks();
		List<Long> queued = registrations(jobs(RIDER, Provider.FCM));
		assertThat(queued.stream().distinct().toList()).isEqualTo(range(1, 300));
		assertThat(queued).as("one page twice").hasSize(300 + PAGE);
		assertThat(services.reported()).isEqualTo(range(1, 300));
	}

	@Test
	void theChainOfAnApplicationThatWasTakenOutWaitsForItToComeBack() throws IOException {
		configure(RIDER);
		send(services.chain(DRIVER, Provider.FCM, 10));
		Expander worker = worker(10_000);
		await().atMost(PATIENCE).until(() -> worker.delayed("not_configured") == 1);
		worker.stop();

		configure(RIDER, DRIVER);
		worker(10_000);

		await().atMost(PATIENCE).until(services::isEnded);
		assertThat(registrations(jobs(DRIVER, Provider.FCM))).isEqualTo(range(1, 10));
	}

	@Test
	void whatIsNoLinkIsSetAside() throws IOException {
		channel.basicPublish("", BrokerTopology.CAMPAIGN_LINKS, MessageProperties.PERSISTENT_BASIC,
				"{\"version\": 99}".getBytes(StandardCharsets.UTF_8));
		worker(10_000);

		await().atMost(PATIENCE).untilAsserted(() -> assertThat(peer.poison()).hasSize(1));
		awaitNoLinks();
	}

	private void configure(ApplicationId... applications) throws IOException {
		StringBuilder yaml = new StringBuilder("applications:\n");
		for (ApplicationId id : applications) {
			yaml.append("""
					  %s:
					    fcm: { service_account: none.json }
					    apns: { key: none.p8, key_id: ABCDE12345, team_id: TEAM123456, topic: %s }
					""".formatted(id, id));
		}
		Files.writeString(directory.resolve("applications.yml"), yaml);
	}

	private void send(BroadcastLink link) throws IOException {
		OutgoingMessage message = OutgoingMessage.link(link);
		channel.basicPublish(message.exchange(), message.routingKey(), MessageProperties.PERSISTENT_BASIC,
				message.body());
	}

	private Expander worker(int highWater) {
		Expander started = new Expander(broker, directory.resolve("applications.yml"), services, highWater);
		expanders.add(started);
		return started;
	}

	private void awaitNoLinks() {
		await().atMost(PATIENCE)
			.during(Duration.ofMillis(1500))
			.until(() -> channel.messageCount(BrokerTopology.CAMPAIGN_LINKS)
					+ channel.messageCount(BrokerTopology.CAMPAIGN_WAIT) == 0);
	}

	/** Takes the jobs that wait. */
	private List<PushJob> jobs(ApplicationId application, Provider provider) throws IOException {
		String queue = BrokerTopology.jobQueueName(application, provider);
		List<PushJob> jobs = new ArrayList<>();
		for (GetResponse got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
			jobs.add(HeraldJson.read(got.getBody(), PushJob.class));
		}
		return jobs;
	}

	private static List<Long> registrations(List<PushJob> jobs) {
		return jobs.stream().map(job -> job.device().registrationId().value()).sorted().toList();
	}

	private static List<Long> range(long first, long last) {
		return LongStream.rangeClosed(first, last).boxed().toList();
	}

	/** What of a worker expands broadcasts. */
	private static final class Expander {

		private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

		private final CachingConnectionFactory connections;

		private final ServiceClient api;

		private final LinkReader reader;

		Expander(TestBroker broker, Path applications, CampaignStandIn services, int highWater) {
			this.connections = new CachingConnectionFactory(broker.connectionFactory());
			PatientPublisher publisher = new PatientPublisher(
					new JoiningPublisher(new ConfirmedPublisher(connections, FEWER_THAN_ALL_PUBLISH)));
			CampaignMetrics metrics = new CampaignMetrics(meters);
			this.api = new ServiceClient("the notification API", services.url(), CampaignStandIn.KEY,
					Duration.ofMillis(500));
			TokenStoreClient tokenStore = new TokenStoreClient(new TokenStoreProperties(services.url(),
					CampaignStandIn.KEY, Duration.ofMillis(500), Duration.ofSeconds(1)));
			LinkExpander expander = new LinkExpander(new ApplicationsFile(applications),
					JobCredit.at(connections, highWater), new CampaignApi(api, Duration.ofSeconds(2)), tokenStore,
					publisher, metrics, Clock.systemUTC());
			this.reader = new LinkReader(connections, 4, expander, publisher, metrics);
			reader.start();
		}

		double delayed(String reason) {
			return meters.find("herald.campaign.links.delayed")
				.tag("reason", reason)
				.counters()
				.stream()
				.mapToDouble(counter -> counter.count())
				.sum();
		}

		/**
		 * Its connections go, in the middle of whatever it does, and do not come back.
		 */
		void kill() {
			connections.setPort(1);
			connections.destroy();
			stop();
		}

		void stop() {
			reader.stop();
			connections.destroy();
			api.close();
		}

	}

}
