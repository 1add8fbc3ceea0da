package dev.herald.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.device.Device;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What no reader can take, in every queue that this service reads. */
class PoisonTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	@BeforeEach
	void nothingIsSetAsideYet() {
		poison();
	}

	@Test
	void poisonAmongDeliveryReportsIsSetAsideAndHoldsUpNoOther() {
		String user = ApiClient.newUser();
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		String id = client.sent(user, RunningApi.DRIVER).notificationId();
		DeliveryReport report = DeliveryReport.of(job(id, device), DeliveryOutcome.ACCEPTED, null, null, Instant.now());

		List<byte[]> poison = poisoned(BrokerTopology.DELIVERY_REPORTS, HeraldJson.write(report));
		api.queues().report(report);

		await().untilAsserted(
				() -> assertThat(client.get("/notification/" + id).json().path("books").path("accepted").asInt())
					.isEqualTo(1));
		assertSetAside(poison);
	}

	@Test
	void poisonAmongDeadLettersIsSetAsideAndHoldsUpNoOther() {
		String reason = "TEST_" + UUID.randomUUID();
		Device device = api.tokenStore().register(ApiClient.newUser(), RunningApi.DRIVER, Provider.FCM);
		byte[] letter = HeraldJson.write(DeadLetter.of(job(NotificationId.create().toString(), device), reason, "limit",
				Instant.now(), Instant.now()));

		List<byte[]> poison = poisoned(BrokerTopology.DEAD_LETTERS, letter);
		api.queues().put(BrokerTopology.DEAD_LETTERS, letter);

		await().untilAsserted(() -> assertThat(
				client.get("/dead-letters?reason=" + reason, RunningApi.OPERATOR_KEY).json().path("dead_letters"))
			.hasSize(1));
		assertSetAside(poison);
	}

	private List<byte[]> poisoned(String queue, byte[] valid) {
		byte[] notJson = ("not JSON " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
		byte[] wrongShape = ("[\"" + UUID.randomUUID() + "\"]").getBytes(StandardCharsets.UTF_8);
		byte[] unknownVersion = ((ObjectNode) HeraldJson.mapper().readTree(valid)).put("version", 99)
			.toString()
			.getBytes(StandardCharsets.UTF_8);
		byte[] megabyte = Arrays.copyOf(valid, MEGABYTE);
		Arrays.fill(megabyte, valid.length, MEGABYTE, (byte) ' ');
		for (byte[] body : List.of(notJson, wrongShape, unknownVersion, megabyte)) {
			api.queues().put(queue, body);
		}
		api.queues().put(queue, valid, "text/xml");
		return List.of(notJson, wrongShape, unknownVersion, megabyte, valid);
	}

	private void assertSetAside(List<byte[]> expected) {
		List<byte[]> setAside = new ArrayList<>();
		await().untilAsserted(() -> {
			setAside.addAll(poison());
			assertThat(setAside).hasSameSizeAs(expected);
		});
		assertThat(setAside).usingElementComparator(Arrays::compare).containsExactlyInAnyOrderElementsOf(expected);
	}

	private List<byte[]> poison() {
		List<byte[]> all = new ArrayList<>();
		for (List<byte[]> one = next(); !one.isEmpty(); one = next()) {
			all.addAll(one);
		}
		return all;
	}

	private List<byte[]> next() {
		return api.queues().take(BrokerTopology.POISON);
	}

	private PushJob job(String id, Device device) {
		return PushJob.first(NotificationId.parse(id), device, PushContent.of("title", "message", Payload.EMPTY),
				PushPriority.HIGH, null, Instant.now(), Instant.now().plusSeconds(600));
	}

}
