package dev.herald.base.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.herald.base.applications.EditedApplications;
import dev.herald.base.backends.RealRabbitMq;
import dev.herald.base.backends.RequiresRealRabbitMq;
import dev.herald.common.broker.BrokerQueue;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.broker.QueueType;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

@RequiresRealRabbitMq
@Timeout(90)
class BrokerDeclarationsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String JOBS = "push.com.acme.rider.fcm";

	@TempDir
	private Path directory;

	private TestBroker broker;

	private CachingConnectionFactory connections;

	private EditedApplications applications;

	private ConfirmedPublisher publisher;

	@BeforeEach
	void open() throws IOException, TimeoutException {
		broker = new TestBroker();
		connections = broker.connections();
		applications = new EditedApplications(directory, "com.acme.rider");
		publisher = new ConfirmedPublisher(connections, 1000);
	}

	@AfterEach
	void close() throws IOException {
		publisher.close();
		broker.close();
	}

	@ParameterizedTest
	@EnumSource
	void everyQueueIsDeclaredAndDeclaringAgainChangesNothing(QueueType type) throws Exception {
		BrokerTopology topology = declare(type);

		declare(type);

		for (BrokerQueue queue : topology.sharedQueues()) {
			assertThat(broker.hasQueue(queue.name())).as(queue.name()).isTrue();
		}
		assertThat(broker.hasQueue(JOBS)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void aJobComesBackFromItsDelayWithItsRoutingKeyAndPriority(QueueType type) {
		declare(type);
		PushJob high = job(PushPriority.HIGH);
		PushJob normal = job(PushPriority.NORMAL);

		publisher.publishAll(List.of(OutgoingMessage.retry(high, RetryDelay.ONE_SECOND),
				OutgoingMessage.retry(normal, RetryDelay.ONE_SECOND)))
			.join();

		assertThat(broker.count(JOBS)).isZero();
		await().atMost(PATIENCE).until(() -> broker.count(JOBS) == 2);
		assertBack(high, 5);
		assertBack(normal, 0);
		await("the delay queue has let go of them").atMost(PATIENCE).until(() -> broker.count("push.retry.1s") == 0);
	}

	@ParameterizedTest
	@EnumSource
	void anUrgentJobOvertakesNormalOnes(QueueType type) {
		declare(type);
		PushJob urgent = job(PushPriority.HIGH);
		for (int i = 0; i < 20; i++) {
			publisher.publish(OutgoingMessage.job(job(PushPriority.NORMAL))).join();
		}

		publisher.publish(OutgoingMessage.job(urgent)).join();

		// A quorum queue lets one normal message through after two urgent ones.
		GetResponse first = Objects.requireNonNull(broker.take(JOBS));
		assertThat(HeraldJson.read(first.getBody(), PushJob.class)).isEqualTo(urgent);
	}

	@Test
	void aQuorumQueueGivesAMessageBackMoreThanTwentyTimes() throws IOException {
		declare(QueueType.QUORUM);
		publisher.publish(OutgoingMessage.job(job(PushPriority.HIGH))).join();

		for (int i = 0; i < 30; i++) {
			await().atMost(PATIENCE).until(() -> broker.count(JOBS) == 1);
			GetResponse taken = Objects.requireNonNull(broker.channel().basicGet(JOBS, false));
			broker.channel().basicNack(taken.getEnvelope().getDeliveryTag(), false, true);
		}

		await().atMost(PATIENCE).until(() -> broker.count(JOBS) == 1);
	}

	@Test
	void aNewApplicationGetsItsQueueWithoutARestart() throws Exception {
		declare(QueueType.CLASSIC);
		assertThat(broker.hasQueue("push.com.acme.driver.fcm")).isFalse();

		applications.edit("com.acme.rider", "com.acme.driver");

		assertThat(broker.hasQueue("push.com.acme.driver.fcm")).isTrue();
	}

	@Test
	void anApplicationTakenOutOfTheFileKeepsItsJobs() {
		declare(QueueType.CLASSIC);
		publisher.publish(OutgoingMessage.job(job(PushPriority.HIGH))).join();

		applications.edit("com.acme.driver");

		assertThat(broker.count(JOBS)).isEqualTo(1);
	}

	@Test
	void aQueueThatIsThereInAnotherWayKeepsNoOtherFromBeingDeclared() throws Exception {
		broker.channel().queueDeclare("push.retry.1s", true, false, false, Map.of("x-message-ttl", 17));

		declare(QueueType.CLASSIC);

		assertThat(broker.hasQueue("push.retry.15m")).isTrue();
		assertThat(broker.hasQueue(JOBS)).isTrue();
	}

	@Test
	void whatIsDeclaredWhileTheBrokerIsAwayIsThereOnceItIsBack() throws Exception {
		broker.proxy().cut();
		declare(QueueType.CLASSIC);
		applications.edit("com.acme.rider", "com.acme.driver");
		broker.proxy().restore();

		await().atMost(PATIENCE)
			.until(() -> publisher.publish(OutgoingMessage.job(job(PushPriority.HIGH)))
				.handle((nothing, failure) -> failure == null)
				.get());

		assertThat(broker.hasQueue("push.com.acme.driver.fcm")).isTrue();
	}

	@Test
	void afterARestartOfTheBrokerJobsAreStillThereAndMoreAreTaken() {
		declare(QueueType.QUORUM);
		publisher.publish(OutgoingMessage.job(job(PushPriority.HIGH))).join();
		publisher.publish(OutgoingMessage.retry(job(PushPriority.HIGH), RetryDelay.ONE_SECOND)).join();

		RealRabbitMq.rabbitmqctl("stop_app");
		RealRabbitMq.rabbitmqctl("start_app");

		await().atMost(Duration.ofSeconds(40))
			.until(() -> publisher.publish(OutgoingMessage.job(job(PushPriority.HIGH)))
				.handle((nothing, failure) -> failure == null)
				.get());
		await().atMost(PATIENCE).ignoreExceptions().until(() -> broker.count(JOBS) == 3);
	}

	@Test
	void aBrokerThatCameUpEmptyIsFilledAgain() throws Exception {
		declare(QueueType.CLASSIC);
		broker.channel().queueDelete(JOBS);
		broker.channel().exchangeDelete("push");

		broker.proxy().cut();
		broker.proxy().restore();

		await().atMost(PATIENCE)
			.until(() -> publisher.publish(OutgoingMessage.job(job(PushPriority.HIGH)))
				.handle((nothing, failure) -> failure == null)
				.get());
		assertThat(broker.count(JOBS)).isEqualTo(1);
	}

	private BrokerTopology declare(QueueType type) {
		BrokerTopology topology = new BrokerTopology(type);
		new BrokerDeclarations(topology, applications.file(), connections).register();
		return topology;
	}

	private void assertBack(PushJob job, int priority) {
		GetResponse back = Objects.requireNonNull(broker.take(JOBS));
		assertThat(HeraldJson.read(back.getBody(), PushJob.class)).isEqualTo(job);
		assertThat(back.getEnvelope().getExchange()).isEqualTo("push");
		assertThat(back.getEnvelope().getRoutingKey()).isEqualTo("com.acme.rider.fcm");
		assertThat(back.getProps().getPriority()).isEqualTo(priority);
		assertThat(back.getProps().getDeliveryMode()).isEqualTo(2);
	}

	private static PushJob job(PushPriority priority) {
		Instant now = Instant.parse("2026-11-20T10:15:30Z");
		Device device = new Device(new RegistrationId(17), new DeviceId("d"), new UserId("42"),
				new ApplicationId("com.acme.rider"), Provider.FCM, new DeviceToken("token"), Environment.PRODUCTION,
				now);
		return PushJob.first(NotificationId.create(), device, PushContent.of("t", "m", Payload.EMPTY), priority, null,
				now, now.plusSeconds(3600));
	}

}
