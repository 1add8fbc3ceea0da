package dev.herald.common.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.herald.common.json.HeraldJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PayloadTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"a\":1}", "{\"a\":{\"b\":[1,[2,{\"c\":null}]]}}", "{\"\":\"\"}",
			"{\"ä\":\"日本 🚕\"}", "{\"quoted\":\"\\\"{\\\\}\\n\"}", "{\"json\":\"{\\\"a\\\":1}\"}",
			"{\"n\":[9007199254740993,12.50,0.0,1E+400,123456789012345678901234567890.12345678901234567890]}",
			"{\"t\":\"\\u0000\\u001F\"}", "{\"html\":\"</script><!--\"}", "{\"separator\":\"\u2028\"}" })
	void thePayloadReachesTheOtherEndAsItWas(String json) {
		PushContent content = PushContent.of("t", "m", Payload.parse(json));

		byte[] wire = HeraldJson.write(content);
		Payload arrived = HeraldJson.read(wire, PushContent.class).payload();

		assertThat(new String(wire, StandardCharsets.UTF_8)).contains("\"payload\":" + json);
		assertThat(arrived).isEqualTo(content.payload()).hasToString(json);
		assertThat(arrived.toTree()).isEqualTo(HeraldJson.mapper().readTree(json));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "1", "\"{}\"", "[]", "[{}]", "{", "{} {}", "{}, \"injected\": {}",
			"{a:1}", "garbage", "{\"a\":NaN}", "// {}" })
	void whatIsNoJsonObjectIsRefused(String json) {
		assertThatIllegalArgumentException().isThrownBy(() -> Payload.parse(json))
			.withMessageStartingWith("payload must be a JSON object, but is ");
	}

	@Test
	void spaceBetweenThePartsIsNotKept() {
		assertThat(Payload.parse(" { \"a\" : [ 1 , 2 ] } \n").json()).isEqualTo("{\"a\":[1,2]}");
	}

	@Test
	void theLengthIsCountedInUtf8() {
		assertThat(Payload.parse("{\"ä\":\"🚕\"}").utf8Length()).isEqualTo(2 + 2 + 2 + 1 + 4 + 2);
		assertThat(Payload.EMPTY.utf8Length()).isEqualTo(2);
	}

	@Test
	void aTreeIsTheCallersOwn() {
		Payload payload = Payload.parse("{\"a\":1}");
		ObjectNode source = payload.toTree();
		Payload copy = Payload.of(source);

		source.put("a", 2);
		payload.toTree().put("a", 3);

		assertThat(payload).hasToString("{\"a\":1}").isEqualTo(copy).hasSameHashCodeAs(copy);
	}

	@Test
	void anEmptyObjectIsTheEmptyPayload() {
		assertThat(Payload.parse(" { } ")).isSameAs(Payload.EMPTY);
	}

	@Test
	void halfACharacterIsRefusedWhereItComesIn() {
		assertThatIllegalArgumentException().isThrownBy(() -> Payload.parse("{\"a\":\"\\ud83d\"}"))
			.withMessage("payload must be a JSON object, but holds half of a surrogate pair");
		assertThatIllegalArgumentException().isThrownBy(() -> PushContent.of("Hi \ud83d", "m", Payload.EMPTY))
			.withMessage("title must be Unicode text, but holds half of a surrogate pair");
		assertThatIllegalArgumentException().isThrownBy(() -> PushContent.of("Hi", "\ude95", Payload.EMPTY))
			.withMessage("message must be Unicode text, but holds half of a surrogate pair");
	}

}
