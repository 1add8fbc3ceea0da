package dev.herald.benchmarks.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.ReceivedPush;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LandingsTests {

	private static final UUID NOTIFICATION = UUID.fromString("0199c5a2-7c10-7000-8000-0123456789ab");

	private final LandingLog log = new LandingLog();

	@Test
	void aLandingKeepsNotificationProviderAndToken() throws IOException {
		log.record(push(Provider.FCM, 40_000_017, "accepted"));
		log.record(push(Provider.APNS, 90_000_000, "accepted"));
		Landings landings = landings();

		assertThat(landings.count()).isEqualTo(2);
		assertThat(landings.notification(0)).isEqualTo(NOTIFICATION);
		assertThat(landings.provider(0)).isEqualTo(dev.herald.common.identity.Provider.FCM);
		assertThat(landings.token(0)).isEqualTo(40_000_017);
		assertThat(landings.provider(1)).isEqualTo(dev.herald.common.identity.Provider.APNS);
		assertThat(landings.token(1)).isEqualTo(90_000_000);
		assertThat(landings.nanos(1)).isGreaterThanOrEqualTo(landings.nanos(0));
	}

	@Test
	void whatWasRefusedDidNotLand() throws IOException {
		log.record(push(Provider.FCM, 1, "UNREGISTERED"));

		assertThat(landings().count()).isZero();
	}

	@Test
	void aRepeatedPushIsOneJob() throws IOException {
		log.record(push(Provider.FCM, 1, "accepted"));
		log.record(push(Provider.FCM, 1, "accepted"));
		log.record(push(Provider.APNS, 1, "accepted"));

		assertThat(landings().count()).isEqualTo(3);
		assertThat(landings().jobs()).isEqualTo(2);
	}

	@Test
	void moreThanAChunkIsKeptAndForgotten() throws IOException {
		for (int i = 0; i < 70_000; i++) {
			log.record(push(Provider.APNS, i, "accepted"));
		}
		assertThat(landings().jobs()).isEqualTo(70_000);
		assertThat(landings().token(69_999)).isEqualTo(69_999);

		log.clear();
		assertThat(landings().count()).isZero();
	}

	@Test
	void theRateIsThatBetweenTheFirstAndTheLast() {
		long second = 1_000_000_000;
		long[] numbers = new long[11 * LandingLog.NUMBERS];
		for (int i = 0; i <= 10; i++) {
			numbers[i * LandingLog.NUMBERS] = 5 * second + i * second / 10;
		}
		Landings landings = new Landings(numbers);

		assertThat(landings.perSecond()).isCloseTo(10, within(0.001));
		assertThat(landings.between(5 * second, 5 * second + second / 2, landing -> landing > 0)).isEqualTo(4);
	}

	private Landings landings() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		log.writeTo(new DataOutputStream(bytes));
		long[] numbers = new long[bytes.size() / Long.BYTES];
		ByteBuffer.wrap(bytes.toByteArray()).asLongBuffer().get(numbers);
		return new Landings(numbers);
	}

	private static ReceivedPush push(Provider provider, long token, String outcome) {
		return new ReceivedPush(1, Instant.EPOCH, provider, "com.acme.rider", provider.sampleToken(token), 200, outcome,
				null, null, null, null, NOTIFICATION.toString(), Map.of(), "");
	}

}
