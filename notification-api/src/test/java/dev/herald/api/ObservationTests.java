package dev.herald.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.identity.Provider;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObservationTests {

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	@Test
	void theBooksAreCountersOfTheOperators() {
		String user = ApiClient.newUser();
		api.tokenStore().register(user, RunningApi.RIDER, Provider.APNS);
		api.tokenStore().register(user, "com.acme.gone", Provider.FCM);
		client.sent(user, "*");
		// A pool starts, and is measured, with its first use.
		api.bean(Deliveries.class).deleteBefore(Instant.EPOCH, 1);

		String metrics = client.get("/actuator/prometheus", RunningApi.OPERATOR_KEY).text();

		assertThat(metrics)
			.containsPattern("herald_jobs_published_total\\{application=\"com.acme.rider\",provider=\"apns\".*\\} \\d")
			.containsPattern("herald_devices_skipped_total\\{application=\"com.acme.gone\",provider=\"fcm\".*\\} \\d")
			.containsPattern("hikaricp_connections_active\\{pool=\"api\"")
			.containsPattern("hikaricp_connections_active\\{pool=\"worker\"");
	}

	@Test
	void healthIsOpenAndTellsDetailsToOperatorsOnly() {
		assertThat(client.getWithoutKey("/livez").status()).isEqualTo(200);
		assertThat(client.getWithoutKey("/readyz").status()).isEqualTo(200);
		assertThat(client.get("/actuator/health", RunningApi.OPERATOR_KEY).json().path("components").propertyNames())
			.contains("db", "rabbit", "tokenStore", "applications");
		assertThat(client.get("/actuator/health", RunningApi.SENDER_KEY).json().has("components")).isFalse();
	}

}
