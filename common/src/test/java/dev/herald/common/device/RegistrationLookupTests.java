package dev.herald.common.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationLookupTests {

	private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");

	@Test
	void aTokenStoreOfAnEarlierVersionTellsAllDevices() {
		Device device = device("token", NOON);
		String earlier = "{\"devices\":[%s]}".formatted(new String(HeraldJson.write(device), StandardCharsets.UTF_8));

		assertThat(HeraldJson.read(earlier.getBytes(StandardCharsets.UTF_8), RegistrationLookup.Found.class))
			.isEqualTo(new RegistrationLookup.Found(List.of(device), List.of()));
	}

	@Test
	void whoeverSaysNothingOfWhatItKnowsIsToldAllDevices() {
		Device device = device("token", NOON);

		assertThat(new RegistrationLookup(List.of(device.registrationId()), null).answer(List.of(device)))
			.isEqualTo(new RegistrationLookup.Found(List.of(device), List.of()));
	}

	@Test
	void aTokenThatIsRegisteredAgainMakesAnotherVersion() {
		long version = device("token", NOON).version();

		assertThat(device("token", NOON).version()).isEqualTo(version);
		assertThat(device("token", NOON.plusMillis(1)).version()).isNotEqualTo(version);
		assertThat(device("another", NOON).version()).isNotEqualTo(version);
	}

	private static Device device(String token, Instant registeredAt) {
		return new Device(new RegistrationId(7), new DeviceId("phone"), new UserId("alice"),
				new ApplicationId("com.acme.rider"), Provider.FCM, new DeviceToken(token), Environment.PRODUCTION,
				registeredAt);
	}

}
