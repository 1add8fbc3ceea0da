package dev.herald.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.Provider;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProviderMessageSizeTests {

	@Test
	void fcmCountsKeysAndValues() {
		PushContent content = PushContent.of("é", "bc", Payload.parse("{\"key\": \"value\", \"n\": [1,2]}"));

		assertThat(ProviderMessageSize.of(content, Provider.FCM)).isEqualTo(2 + 2 + 3 + 5 + 1 + 5);
	}

	@Test
	void apnsCountsTheJsonText() {
		PushContent content = new PushContent("é", "b\"c", Payload.parse("{\"key\": \"value\"}"), 3, "default",
				URI.create("https://a.b/c"));
		String least = "{'aps':{'alert':{'title':'é','body':'b\\\"c'},'badge':3,'sound':'default'}}'key':'value'"
				+ "https://a.b/c";

		assertThat(ProviderMessageSize.of(content, Provider.APNS))
			.isEqualTo(least.getBytes(StandardCharsets.UTF_8).length);
	}

}
