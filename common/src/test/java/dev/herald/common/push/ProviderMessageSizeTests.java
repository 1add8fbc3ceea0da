package dev.herald.common.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.Provider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderMessageSizeTests {

	@Test
	void fcmCountsKeysAndValues() {
		PushContent content = PushContent.of("é", "bc", Payload.parse("{\"key\": \"value\", \"n\": [1,2]}"));

		assertThat(ProviderMessageSize.of(content, Provider.FCM)).isEqualTo(2 + 2 + 3 + 5 + 1 + 5 + 15 + 36);
	}

	@Test
	void apnsCountsTheJsonText() {
		PushContent content = new PushContent("é", "b\"c", Payload.parse("{\"key\": \"value\"}"), 3, "default",
				URI.create("https://a.b/c"));
		String message = """
				{"key":"value","notification_id":"019aa2d4-0000-7000-8000-000000000000","aps":{"alert":{"title":"é",\
				"body":"b\\"c"},"badge":3,"sound":"default","mutable-content":1},"image":"https://a.b/c"}""";

		assertThat(ProviderMessageSize.of(content, Provider.APNS))
			.isEqualTo(message.getBytes(StandardCharsets.UTF_8).length);
	}

	/** What is under the limit by the bound is not laid out. */
	@ParameterizedTest
	@MethodSource("contents")
	void theBoundIsNeverLessThanWhatContentTakes(PushContent content) {
		for (Provider provider : Provider.values()) {
			assertThat(ProviderMessageSize.atMost(content))
				.isGreaterThanOrEqualTo(ProviderMessageSize.of(content, provider));
		}
	}

	static List<PushContent> contents() {
		URI image = URI.create("https://a.b/" + "c".repeat(200));
		return List.of(PushContent.of("", "", Payload.EMPTY),
				PushContent.of("\u0000".repeat(500), "\u001f".repeat(500), Payload.EMPTY),
				PushContent.of("\u2028".repeat(300), "\"\\".repeat(300), Payload.EMPTY),
				PushContent.of("日本".repeat(200), "🚕".repeat(200),
						Payload.parse("{\"語\":\"" + "語🚕".repeat(200) + "\"}")),
				PushContent.of("t", "m",
						Payload.parse("{\"a\":\"" + "\\u0001".repeat(300) + "\",\"b\":[1,{\"c\":1E+400}]}")),
				new PushContent("t", "m", Payload.EMPTY, Integer.MIN_VALUE, "\u0007".repeat(100), image),
				new PushContent("", "", Payload.EMPTY, Integer.MAX_VALUE, "s", image));
	}

	@Test
	void contentBeyondTheLimitIsRefusedByTheByte() {
		int room = ProviderMessageSize.LIMIT
				- ProviderMessageSize.of(PushContent.of("", "", Payload.EMPTY), Provider.APNS);

		assertThat(
				ProviderMessageSize.excess(PushContent.of("", "m".repeat(room), Payload.EMPTY), List.of(Provider.APNS)))
			.isEmpty();
		assertThat(ProviderMessageSize.excess(PushContent.of("", "m".repeat(room + 1), Payload.EMPTY),
				List.of(Provider.APNS)))
			.contains(new ProviderMessageSize.Excess(Provider.APNS, ProviderMessageSize.LIMIT + 1));
	}

}
