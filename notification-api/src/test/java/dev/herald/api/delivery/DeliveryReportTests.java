package dev.herald.api.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.device.Device;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DeliveryReportTests {

	private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.500Z");

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	private final String user = ApiClient.newUser();

	@Test
	void eachDeviceShowsHowItsJobEnded() {
		Device accepted = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);
		Device rejected = api.tokenStore().register(user, RunningApi.RIDER, Provider.APNS);
		Device pending = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);
		String id = client.sent(user, RunningApi.RIDER).notificationId();

		api.queues().report(report(id, accepted, DeliveryOutcome.ACCEPTED, NOON, "projects/acme/messages/7"));
		api.queues().report(report(id, rejected, DeliveryOutcome.REJECTED, NOON, null));

		JsonNode shown = shownOnce(id, "accepted", 1, "rejected", 1, "pending", 1, "jobs", 3);
		assertThat(shown.path("status").stringValue()).isEqualTo("queued");
		assertThat(device(shown, accepted)).isEqualTo(Map.of("device_id", accepted.deviceId().value(), "application_id",
				RunningApi.RIDER, "provider", "fcm", "outcome", "accepted", "provider_message_id",
				"projects/acme/messages/7", "attempts", "1", "ended_at", NOON.toString()));
		assertThat(device(shown, rejected)).containsEntry("outcome", "rejected").containsEntry("reason", "because");
		assertThat(device(shown, pending)).isEqualTo(Map.of("device_id", pending.deviceId().value(), "application_id",
				RunningApi.RIDER, "provider", "fcm", "outcome", "pending"));
	}

	@Test
	void aNotificationHasEndedWhenAllItsJobsHave() {
		Device device = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);
		String id = client.sent(user, RunningApi.RIDER).notificationId();

		api.queues().report(report(id, device, DeliveryOutcome.EXPIRED, NOON, null));

		assertThat(shownOnce(id, "expired", 1, "pending", 0).path("status").stringValue()).isEqualTo("ended");
	}

	@Test
	void aReportThatComesTwiceCountsOnce() {
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		Device last = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		String id = client.sent(user, RunningApi.DRIVER).notificationId();
		double before = ended("accepted");

		DeliveryReport report = report(id, device, DeliveryOutcome.ACCEPTED, NOON, null);
		api.queues().report(report);
		shownOnce(id, "accepted", 1);
		api.queues().report(report);
		api.queues().report(report);
		api.queues().report(report(id, last, DeliveryOutcome.DEAD_LETTERED, NOON, null));

		shownOnce(id, "jobs", 2, "accepted", 1, "dead_lettered", 1, "pending", 0);
		assertThat(ended("accepted") - before).isEqualTo(1);
	}

	@Test
	void aReportOfAJobThatIsNoTargetIsShownToo() {
		Device leftSince = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		String id = client.sent(ApiClient.newUser(), RunningApi.DRIVER).notificationId();

		api.queues().report(report(id, leftSince, DeliveryOutcome.ACCEPTED, NOON, null));

		assertThat(device(shownOnce(id, "jobs", 1, "accepted", 1), leftSince)).containsEntry("outcome", "accepted");
	}

	@Test
	void aReportThatCannotBeReadIsSetAsideAndHoldsUpNoOther() {
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		String id = client.sent(user, RunningApi.DRIVER).notificationId();
		byte[] nonsense = ("{\"version\": 99, \"" + id + "\": 1}").getBytes(StandardCharsets.UTF_8);

		api.queues().put("delivery.reports", nonsense);
		api.queues().report(report(id, device, DeliveryOutcome.ACCEPTED, NOON, null));

		shownOnce(id, "accepted", 1);
		Awaitility.await().untilAsserted(() -> assertThat(api.queues().take("poison")).containsExactly(nonsense));
	}

	@ParameterizedTest
	@CsvSource({
			// earlier, at, later, at, kept
			"accepted, 0, dead_lettered, 5, accepted", "accepted, 5, token_invalid, 0, accepted",
			"dead_lettered, 5, accepted, 0, accepted", "dead_lettered, 0, accepted, 5, accepted",
			"dead_lettered, 0, rejected, 5, rejected", "rejected, 5, dead_lettered, 0, rejected",
			"rejected, 0, expired, 0, expired", "accepted, 0, accepted, 5, accepted" })
	void ofTwoEndingsOfOneJobTheOneThatCountsIsKept(String first, int firstAt, String second, int secondAt,
			String kept) {
		JdbcDeliveries deliveries = api.bean(JdbcDeliveries.class);
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		String id = NotificationId.create().toString();
		Delivery earlier = delivery(id, device, first, firstAt);
		Delivery later = delivery(id, device, second, secondAt);

		List<Change> changes = new ArrayList<>(deliveries.keep(List.of(earlier)));
		changes.addAll(deliveries.keep(List.of(later)));

		Delivery winner = later.supersedes(earlier.outcome(), earlier.endedAt()) ? later : earlier;
		assertThat(winner.outcome().value()).isEqualTo(kept);
		assertThat(deliveries.of(List.of(NotificationId.parse(id))).values()).containsExactly(List.of(winner));
		assertThat(changes.getFirst()).isEqualTo(new Change.Ended(earlier));
		assertThat(changes).hasSize(first.equals(kept) ? 1 : 2);
	}

	@Test
	void manyReportsAreKeptAtOnce() {
		JdbcDeliveries deliveries = api.bean(JdbcDeliveries.class);
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		List<NotificationId> ids = java.util.stream.Stream.generate(NotificationId::create).limit(500).toList();

		List<Change> changes = deliveries
			.keep(ids.stream().map(id -> delivery(id.toString(), device, "accepted", 0)).toList());

		assertThat(changes).hasSize(500);
		assertThat(deliveries.of(ids)).hasSize(500);
	}

	private static Delivery delivery(String id, Device device, String outcome, int seconds) {
		return Delivery
			.of(report(id, device, DeliveryOutcome.of(outcome), NOON.plusSeconds(seconds), outcome + seconds));
	}

	private static DeliveryReport report(String id, Device device, DeliveryOutcome outcome, Instant endedAt,
			@Nullable String providerMessageId) {
		return new DeliveryReport(DeliveryReport.VERSION, NotificationId.parse(id), null, device.registrationId(),
				device.deviceId(), device.applicationId(), device.provider(), outcome,
				outcome == DeliveryOutcome.ACCEPTED ? null : "because", providerMessageId, 1, endedAt);
	}

	private double ended(String outcome) {
		return api.bean(MeterRegistry.class)
			.counter("herald.jobs.ended", "application", RunningApi.DRIVER, "provider", "fcm", "outcome", outcome)
			.count();
	}

	/** The notification, once its books say so. */
	private JsonNode shownOnce(String id, Object... counts) {
		return Awaitility.await().until(() -> {
			Answer answer = client.get("/notification/" + id);
			assertThat(answer.status()).isEqualTo(200);
			return answer.json();
		}, shown -> {
			for (int i = 0; i < counts.length; i += 2) {
				if (!counts[i + 1].equals(shown.path("books").path((String) counts[i]).intValue())) {
					return false;
				}
			}
			return true;
		});
	}

	private static Map<String, String> device(JsonNode notification, Device device) {
		for (JsonNode shown : notification.path("devices")) {
			if (shown.path("device_id").stringValue().equals(device.deviceId().value())) {
				return shown.properties()
					.stream()
					.collect(
							java.util.stream.Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asString()));
			}
		}
		throw new AssertionError(device + " is not in " + notification);
	}

}
