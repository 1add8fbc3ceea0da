package dev.herald.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueueTranslationTests {

	static Stream<Arguments> translations() {
		return Stream.of(Arguments.of(Map.of(), Map.of()),
				Arguments.of(Map.of("x-queue-type", "quorum"), Map.of("type", "priority", "priorities", 2)),
				Arguments.of(Map.of("x-queue-type", "classic", "x-delivery-limit", 20, "x-overflow", "reject-publish"),
						Map.of()),
				Arguments.of(Map.of("x-max-priority", 1), Map.of("type", "priority", "priorities", 10)),
				Arguments.of(Map.of("x-message-ttl", 5000),
						Map.of("maximumMessageTtl", 5000L, "expiryPolicy", "ROUTE_TO_ALTERNATE")),
				Arguments.of(Map.of("x-dead-letter-exchange", "push"),
						Map.of("alternateBinding", Map.of("destination", "push"))),
				Arguments.of(Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", "push.dead"),
						Map.of("alternateBinding", Map.of("destination", "push.dead"))));
	}

	@ParameterizedTest
	@MethodSource("translations")
	void argumentsOfRabbitMqBecomeAttributesOfQpid(Map<String, Object> arguments, Map<String, Object> attributes) {
		Map<String, Object> expected = new HashMap<>(attributes);
		expected.putAll(Map.of("name", "q", "durable", true));

		assertThat(QueueTranslation.attributes(new EmbeddedQueue("q", arguments))).isEqualTo(expected);
	}

	static Stream<Arguments> untranslatable() {
		return Stream.of(Arguments.of(Map.of("x-message-ttl", "soon"), "x-message-ttl", "soon"),
				Arguments.of(Map.of("x-message-ttl", 0), "x-message-ttl", "0"),
				Arguments.of(Map.of("x-dead-letter-exchange", 5), "x-dead-letter-exchange", "5"),
				Arguments.of(Map.of("x-dead-letter-exchange", "push", "x-dead-letter-routing-key", "other"),
						"x-dead-letter-routing-key", "other"),
				Arguments.of(Map.of("x-dead-letter-exchange", ""), "x-dead-letter-routing-key", "null"));
	}

	@ParameterizedTest
	@MethodSource("untranslatable")
	void anArgumentThatWouldSendMessagesElsewhereIsRefused(Map<String, Object> arguments, String argument,
			String value) {
		EmbeddedQueue queue = new EmbeddedQueue("push.a", arguments);

		assertThatIllegalArgumentException().isThrownBy(() -> QueueTranslation.attributes(queue))
			.withMessageContaining(argument + " of queue push.a")
			.withMessageEndingWith("but was " + value);
	}

}
