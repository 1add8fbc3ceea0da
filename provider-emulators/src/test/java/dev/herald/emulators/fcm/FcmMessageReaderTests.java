package dev.herald.emulators.fcm;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FcmMessageReaderTests {

	private static FcmMessage read(String body) throws InvalidMessageException {
		return FcmMessageReader.read(body.getBytes(StandardCharsets.UTF_8));
	}

	private static InvalidMessageException problem(String body) {
		return catchThrowableOfType(InvalidMessageException.class, () -> read(body));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
			"{ | - | false | Invalid JSON payload received.", "[] | - | false | Expected an object",
			"{} | message | false | expected an object",
			"{\"message\":{\"token\":\"t\"},\"mesage\":1} | `` | false | Unknown name \"mesage\": Cannot find field.",
			"{\"message\":{\"token\":\"t\",\"to\":1}} | message | false | Unknown name \"to\" at 'message'",
			"{\"message\":{}} | message | true | Recipient of the message is not set.",
			"{\"message\":{\"token\":\"t\",\"topic\":\"n\"}} | message | false | oneof field 'target' is already set",
			"{\"message\":{\"token\":7}} | message.token | false | Invalid value at 'message.token' (TYPE_STRING), 7",
			"{\"message\":{\"token\":\"a b\"}} | - | true | is not a valid FCM registration token",
			"{\"message\":{\"token\":\"\"}} | - | true | is not a valid FCM registration token",
			"{\"message\":{\"token\":\"t\",\"data\":{\"a\":\"b\",\"n\":1}}} | message.data[1].value | false | (TYPE_STRING), 1",
			"{\"message\":{\"token\":\"t\",\"data\":[]}} | message.data | false | Invalid value at 'message.data' (map)",
			"{\"message\":{\"token\":\"t\",\"data\":{\"from\":\"b\"}}} | message.data | true | Invalid data payload key: from",
			"{\"message\":{\"token\":\"t\",\"data\":{\"message_type\":\"b\"}}} | message.data | true | key: message_type",
			"{\"message\":{\"token\":\"t\",\"data\":{\"google.x\":\"b\"}}} | message.data | true | key: google.x",
			"{\"message\":{\"token\":\"t\",\"data\":{\"gcm.x\":\"b\"}}} | message.data | true | key: gcm.x",
			"{\"message\":{\"token\":\"t\",\"android\":{\"data\":{\"n\":1}}}} | message.android.data[0].value | false | 1",
			"{\"message\":{\"token\":\"t\",\"android\":{\"ttl\":3600}}} | message.android.ttl | false | 3600",
			"{\"message\":{\"token\":\"t\",\"android\":{\"ttl\":\"1h\"}}} | message.android.ttl | false | Duration",
			"{\"message\":{\"token\":\"t\",\"android\":{\"ttl\":\"2419201s\"}}} | message.android.ttl | true | 2419201",
			"{\"message\":{\"token\":\"t\",\"android\":{\"ttl\":\"-1s\"}}} | message.android.ttl | true | -1",
			"{\"message\":{\"token\":\"t\",\"android\":{\"priority\":\"now\"}}} | message.android.priority | false | now",
			"{\"message\":{\"token\":\"t\",\"notification\":{\"text\":\"x\"}}} | message.notification | false | \"text\"" })
	void aMessageThatFcmWouldNotTakeIsRefusedWithTheField(String body, String field, boolean foundByFcm,
			String description) {
		InvalidMessageException problem = problem(body);

		assertThat(problem).hasMessageContaining(description);
		assertThat(problem.field()).isEqualTo(field);
		assertThat(problem.foundByFcm()).isEqualTo(foundByFcm);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"message\":{\"token\":\"abc:DEF_-1\"}}",
			"{\"validateOnly\":false,\"message\":{\"token\":\"t\",\"fcmOptions\":{}}}",
			"{\"message\":{\"token\":\"t\",\"android\":{\"ttl\":\"2419200s\",\"priority\":\"high\"}}}",
			"{\"message\":{\"token\":\"t\",\"android\":{\"ttl\":\"0.5s\",\"priority\":\"NORMAL\"}}}" })
	void aMessageThatFcmTakesIsRead(String body) throws InvalidMessageException {
		assertThat(read(body).target()).isNotEmpty();
	}

	@Test
	void namesAreReadInBothFormsOfProtocolBuffersJson() throws InvalidMessageException {
		FcmMessage message = read(
				"{\"validateOnly\":true,\"message\":{\"topic\":\"news\",\"android\":{\"collapseKey\":\"k\"}}}");

		assertThat(message.validateOnly()).isTrue();
		assertThat(message.target()).isEqualTo("/topics/news");
		assertThat(message.collapseKey()).isEqualTo("k");
	}

	@ParameterizedTest
	@CsvSource({ "4095, 1, false", "4096, 1, true", "2047, 2, false", "2048, 2, true" })
	void theLimitCountsBytesOfKeysAndValues(int characters, int bytesEach, boolean tooBig) {
		String value = ((bytesEach == 1) ? "x" : "é").repeat(characters);

		InvalidMessageException problem = catchThrowableOfType(InvalidMessageException.class,
				() -> read("{\"message\":{\"token\":\"t\",\"data\":{\"k\":\"" + value + "\"}}}"));

		assertThat(problem != null).isEqualTo(tooBig);
	}

}
