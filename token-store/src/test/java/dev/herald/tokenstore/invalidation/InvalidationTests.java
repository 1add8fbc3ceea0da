package dev.herald.tokenstore.invalidation;

import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.TokenInvalidation;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.StoppedClock;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreClient.Shown;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.node.ObjectNode;

@TokenStoreTest
class InvalidationTests {

	private static final Duration A_MILLISECOND = Duration.ofMillis(1);

	private final TokenStoreClient store;

	private final ConfirmedPublisher publisher;

	private final RabbitTemplate rabbit;

	private final StoppedClock clock;

	private final MeterRegistry metrics;

	private final String alice = Fresh.user();

	private final String phone = Fresh.device();

	private final String token = Fresh.token();

	InvalidationTests(@Autowired Environment environment, @Autowired ConfirmedPublisher publisher,
			@Autowired ConnectionFactory connections, @Autowired StoppedClock clock, @Autowired MeterRegistry metrics) {
		this.store = new TokenStoreClient(environment);
		this.publisher = publisher;
		this.rabbit = new RabbitTemplate(connections);
		this.clock = clock;
		this.metrics = metrics;
	}

	@Test
	void aTokenRegisteredBeforeTheVerdictIsForgotten() {
		Shown device = store.registered(alice, RIDER, phone, token);
		clock.advance(Duration.ofSeconds(1));

		take(1, 0, verdict(device, token, device.registeredAt().plus(A_MILLISECOND)));

		assertThat(store.devices(alice, RIDER)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.0005S", "PT-0.001S", "PT-720H" })
	void aTokenRegisteredSinceTheVerdictStays(Duration sinceRegistration) {
		Shown device = store.registered(alice, RIDER, phone, token);
		clock.advance(Duration.ofSeconds(1));

		take(0, 1, verdict(device, token, device.registeredAt().plus(sinceRegistration)));

		assertThat(store.devices(alice, RIDER)).containsExactly(device);
	}

	@Test
	void aVerdictOnATokenThatWasRefreshedSinceIsIgnored() {
		Shown before = store.registered(alice, RIDER, phone, token);
		clock.advance(Duration.ofSeconds(1));
		Shown after = store.registered(alice, RIDER, phone, Fresh.token());
		clock.advance(Duration.ofSeconds(1));

		take(0, 1, verdict(before, token, clock.instant()));

		assertThat(store.devices(alice, RIDER)).containsExactly(after);
	}

	@Test
	void aVerdictOlderThanTheSameTokensLastRegistrationIsIgnored() {
		Shown before = store.registered(alice, RIDER, phone, token);
		Instant verdict = before.registeredAt().plus(A_MILLISECOND);
		clock.advance(Duration.ofSeconds(1));
		Shown after = store.registered(alice, RIDER, phone, token);

		take(0, 1, verdict(before, token, verdict));

		assertThat(store.devices(alice, RIDER)).containsExactly(after);
	}

	@Test
	void aVerdictOnALoginThatEndedDoesNotTouchTheNextOne() {
		Shown before = store.registered(alice, RIDER, phone, token);
		clock.advance(Duration.ofSeconds(1));
		Shown login = store.registered(Fresh.user(), RIDER, phone, token);
		clock.advance(Duration.ofSeconds(1));

		take(0, 1, verdict(before, token, clock.instant()));

		assertThat(store.devices(login.userId(), RIDER)).containsExactly(login);
	}

	@Test
	void aVerdictFromAClockThatIsFastCountsAsOfNow() {
		Shown device = store.registered(alice, RIDER, phone, token);

		take(0, 1, verdict(device, token, Instant.MAX));
		take(0, 1, verdict(device, token, Instant.MIN));

		assertThat(store.devices(alice, RIDER)).containsExactly(device);
	}

	@Test
	void aVerdictTakenTwiceDoesNoHarm() {
		Shown device = store.registered(alice, RIDER, phone, token);
		clock.advance(Duration.ofSeconds(1));
		TokenInvalidation verdict = verdict(device, token, clock.instant());

		take(1, 1, verdict, verdict);

		assertThat(store.devices(alice, RIDER)).isEmpty();
	}

	@Test
	void verdictsAreTakenInBatches() {
		List<TokenInvalidation> verdicts = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			String dying = Fresh.token();
			Shown device = store.registered(alice, RIDER, Fresh.device(), dying);
			verdicts.add(verdict(device, i % 3 == 0 ? "another" : dying, device.registeredAt().plusSeconds(1)));
		}
		clock.advance(Duration.ofSeconds(2));

		take(200, 100, verdicts.toArray(TokenInvalidation[]::new));

		assertThat(store.devices(alice, RIDER)).hasSize(100);
	}

	@Test
	void whatCannotBeReadIsSetAsideAndTheRestIsTaken() {
		Shown device = store.registered(alice, RIDER, phone, token);
		clock.advance(Duration.ofSeconds(1));
		byte[] valid = HeraldJson.write(verdict(device, token, clock.instant()));
		byte[] megabyte = Arrays.copyOf(valid, 1_000_000);
		Arrays.fill(megabyte, valid.length, megabyte.length, (byte) ' ');
		setAside();
		poison("not a verdict".getBytes(StandardCharsets.UTF_8), "application/json");
		poison("[]".getBytes(StandardCharsets.UTF_8), "application/json");
		poison(((ObjectNode) HeraldJson.mapper().readTree(valid)).put("version", 99)
			.toString()
			.getBytes(StandardCharsets.UTF_8), "application/json");
		poison(megabyte, "application/json");
		poison(valid, "text/xml");

		take(1, 0, verdict(device, token, clock.instant()));

		assertThat(store.devices(alice, RIDER)).isEmpty();
		List<String> reasons = new ArrayList<>();
		await().untilAsserted(() -> {
			reasons.addAll(setAside());
			assertThat(reasons).hasSize(5)
				.anyMatch(reason -> reason.contains("version of a token invalidation must be 1, but was 99"))
				.anyMatch(reason -> reason.contains("found 1000000 bytes"))
				.anyMatch(reason -> reason.contains("the content type is \"text/xml\""));
		});
	}

	private void poison(byte[] body, String contentType) {
		MessageProperties properties = new MessageProperties();
		properties.setContentType(contentType);
		rabbit.send(BrokerTopology.TOKEN_INVALIDATIONS, new Message(body, properties));
	}

	/** Takes what was set aside until now, by its reasons. */
	private List<String> setAside() {
		List<String> reasons = new ArrayList<>();
		for (Message one = rabbit.receive(BrokerTopology.POISON); one != null; one = rabbit
			.receive(BrokerTopology.POISON)) {
			reasons.add(String.valueOf(one.getMessageProperties().getHeaders().get("herald-reason")));
		}
		return reasons;
	}

	/** Publishes the verdicts and waits until as many are counted as expected. */
	private void take(int removed, int ignored, TokenInvalidation... verdicts) {
		double removedBefore = count("removed");
		double ignoredBefore = count("ignored");
		publisher.publishAll(List.of(verdicts).stream().map(OutgoingMessage::invalidation).toList()).join();
		await()
			.untilAsserted(() -> assertThat(List.of(count("removed") - removedBefore, count("ignored") - ignoredBefore))
				.as("verdicts removed and ignored")
				.containsExactly((double) removed, (double) ignored));
	}

	private double count(String outcome) {
		return metrics
			.counter("herald.token.invalidations", "application", RIDER, "provider", "fcm", "outcome", outcome)
			.count();
	}

	private static TokenInvalidation verdict(Shown device, String token, Instant invalidSince) {
		return new TokenInvalidation(TokenInvalidation.VERSION, new RegistrationId(device.registrationId()),
				new ApplicationId(RIDER), Provider.FCM, new DeviceToken(token), invalidSince, "UNREGISTERED");
	}

}
