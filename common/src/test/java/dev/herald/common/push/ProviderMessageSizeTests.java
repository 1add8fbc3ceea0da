package dev.herald.common.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.Provider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

}
