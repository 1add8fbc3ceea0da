package dev.herald.systemtests;

import static dev.herald.systemtests.House.DRIVER;
import static dev.herald.systemtests.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import dev.herald.emulators.pushes.Provider;
import dev.herald.systemtests.HeraldClient.Answer;
import dev.herald.systemtests.barrage.Barrage;
import dev.herald.testsupport.RequiresRealBackends;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint under thousands of requests that are generated from what the services
 * say of themselves, so that an endpoint that comes later is met too. The seed is
 * printed; {@code -Dherald.barrage.seed} sets another, {@code -Dherald.barrage.requests}
 * says how many for each service.
 */
@RequiresRealBackends
class BarrageSystemTests {

	private static final int REQUESTS = Integer.getInteger("herald.barrage.requests", 3000);

	private static final long SEED = Long.getLong("herald.barrage.seed", 26_628_284);

	private static final int USERS = 10;

	/** One that may be in anything may sometimes have to say that it is busy. */
	private static final int MOST_BUSY = REQUESTS / 100;

	private static final List<String> KEYS = List.of(Keys.SENDER, Keys.REGISTRAR, Keys.OPERATOR, Keys.INTERNAL);

	/** What every service has beside its own. */
	private static final List<String> FURTHER = List.of("/livez", "/readyz", "/actuator/health",
			"/actuator/health/liveness", "/actuator/prometheus", "/openapi.json");

	private static House house;

	@BeforeAll
	static void openTheHouse() {
		house = new House("barrage", 1);
	}

	@AfterAll
	static void closeTheHouse() {
		house.close();
	}

	@Test
	void theNotificationApiSurvivesABarrage() {
		for (int user = 0; user < USERS; user++) {
			register(user, Provider.FCM, dev.herald.common.identity.Provider.FCM);
			register(user, Provider.APNS, dev.herald.common.identity.Provider.APNS);
		}
		Barrage barrage = barrage("notification-api", house.api(), Keys.SENDER,
				Map.of("user_id", random -> "u-" + random.nextInt(USERS), "application_id",
						random -> random.nextInt(4) == 0 ? "*" : RIDER.value(), "id",
						random -> NotificationId.create().toString(), "collapse_key",
						random -> "key-" + random.nextInt(9), "image",
						random -> "https://cdn.acme.example/" + random.nextInt(9) + ".png", "sound",
						random -> "horn.caf", "Idempotency-Key", random -> "key-" + random.nextInt(500), "before",
						random -> random.nextBoolean() ? NotificationId.create().toString() : "17"));

		send(barrage);

		assertThat(barrage.operations()).contains("POST /notification", "GET /dead-letters",
				"POST /dead-letters/replay");
		assertThat(barrage.statuses().keySet()).contains(200, 202, 400, 401, 403, 404);
		assertThat(barrage.taken()).isNotEmpty();
		Books books = Books.whenNothingIsPending(house.client(), barrage.taken(), Duration.ofSeconds(60));
		assertThat(books.balance()).as("every job in exactly one column: %s", books).isTrue();
		assertThat(books.count("pending")).as("nothing stays pending: %s", books).isZero();
		assertThat(books.count("accepted")).as("accepted: %s", books).isPositive();
		assertStillWorks();
	}

	@Test
	void theTokenStoreSurvivesABarrage() {
		Barrage barrage = barrage("token-store", house.tokenStore(), Keys.REGISTRAR,
				Map.of("user_id", random -> "t-" + random.nextInt(USERS), "application_id", random -> DRIVER.value(),
						"token", random -> Provider.FCM.sampleToken(1_000_000 + random.nextInt(1000)), "device_id",
						random -> "device-" + random.nextInt(50), "provider", random -> "fcm", "environment",
						random -> "production", "locale", random -> "de-AT", "app_version", random -> "7.2.0", "for",
						random -> random.nextBoolean() ? "notification" : "campaign"));

		send(barrage);

		assertThat(barrage.operations()).contains("POST /devices", "DELETE /devices/{device_id}",
				"POST /internal/devices/lookup");
		assertThat(barrage.statuses().keySet()).contains(200, 201, 204, 400, 401, 403, 404);
		assertStillWorks();
	}

	private static Barrage barrage(String name, ServiceProcess service, String key,
			Map<String, Function<RandomGenerator, String>> byName) {
		return new Barrage(name, service.uri(), description(service, key), FURTHER, KEYS, byName, SEED);
	}

	private static void send(Barrage barrage) {
		barrage.send(REQUESTS);

		System.out.println("Barrage of " + REQUESTS + " requests at " + barrage);
		assertThat(barrage.violations()).as("repeat with -Dherald.barrage.seed=%d", SEED).isEmpty();
		assertThat(barrage.busy()).as("answers that the service is busy").isLessThanOrEqualTo(MOST_BUSY);
		for (ServiceProcess service : List.of(house.api(), house.tokenStore(), house.workers().getFirst())) {
			assertThat(service.isAlive()).as("%s is alive", service).isTrue();
			assertThat(service.failures()).as("errors with a stack trace in the log of %s", service).isEmpty();
		}
	}

	private static void assertStillWorks() {
		UserId user = new UserId("u-after");
		house.client()
			.register(user, RIDER, new DeviceId("after"), dev.herald.common.identity.Provider.FCM,
					new DeviceToken(Provider.FCM.sampleToken(77)));
		Answer answer = house.client().send(user, RIDER.value(), "After the barrage");
		assertThat(answer.status()).as(answer.body()).isEqualTo(202);
		Books books = Books.whenNothingIsPending(house.client(), List.of(answer.notificationId()),
				Duration.ofSeconds(30));
		assertThat(books.count("accepted")).as(books.toString()).isEqualTo(1);
	}

	private static void register(int user, Provider emulated, dev.herald.common.identity.Provider provider) {
		Answer answer = house.client()
			.register(new UserId("u-" + user), RIDER, new DeviceId("u-" + user + "-" + provider), provider,
					new DeviceToken(emulated.sampleToken(user)));
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
	}

	private static String description(ServiceProcess service, String key) {
		HttpRequest request = HttpRequest.newBuilder(service.uri().resolve("/openapi.json"))
			.header("Authorization", "Bearer " + key)
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
