package dev.herald.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two versions of Herald run at once during a rolling upgrade: neither may surprise the
 * other.
 */
class MessageTests {

	@ParameterizedTest
	@EnumSource
	void aMessageIsWrittenAsItsGoldenFile(GoldenMessage golden) {
		byte[] written = HeraldJson.write(golden.message());

		assertThat(HeraldJson.mapper().readTree(written)).isEqualTo(golden.tree());
	}

	@ParameterizedTest
	@EnumSource
	void aGoldenFileIsReadAsItsMessage(GoldenMessage golden) {
		Object read = HeraldJson.read(golden.json(), golden.type());

		assertThat(read).isEqualTo(golden.message());
	}

	@ParameterizedTest
	@MethodSource("objects")
	void anUnknownFieldIsPassedOver(GoldenMessage golden, JsonPointer object) {
		ObjectNode tree = golden.tree();
		ObjectNode extended = (ObjectNode) tree.at(object);
		extended.putObject("a_field_of_the_next_version").put("x", 1);

		Object read = HeraldJson.read(HeraldJson.write(tree), golden.type());

		assertThat(read).isEqualTo(golden.message());
	}

	@ParameterizedTest
	@MethodSource("requiredFields")
	void aMissingFieldIsRefusedByName(GoldenMessage golden, JsonPointer field) {
		ObjectNode tree = golden.tree();
		parent(tree, field).remove(name(field));

		assertThatThrownBy(() -> HeraldJson.read(HeraldJson.write(tree), golden.type()))
			.isInstanceOf(MalformedMessageException.class)
			.hasMessageContaining(name(field));
	}

	@ParameterizedTest
	@MethodSource("requiredFields")
	void aNullIsRefusedLikeAMissingField(GoldenMessage golden, JsonPointer field) {
		ObjectNode tree = golden.tree();
		parent(tree, field).putNull(name(field));

		assertThatThrownBy(() -> HeraldJson.read(HeraldJson.write(tree), golden.type()))
			.isInstanceOf(MalformedMessageException.class)
			.hasMessageContaining(name(field));
	}

	@ParameterizedTest
	@MethodSource("optionalFields")
	void anOptionalFieldMayBeMissing(GoldenMessage golden, JsonPointer field) {
		ObjectNode tree = golden.tree();
		parent(tree, field).remove(name(field));

		Object read = HeraldJson.read(HeraldJson.write(tree), golden.type());

		assertThat(HeraldJson.mapper().readTree(HeraldJson.write(read))).isEqualTo(tree);
	}

	@ParameterizedTest
	@MethodSource("allFields")
	void aFieldOfAnotherTypeIsRefusedByName(GoldenMessage golden, JsonPointer field) {
		ObjectNode tree = golden.tree();
		parent(tree, field).putArray(name(field)).add(true);

		assertThatThrownBy(() -> HeraldJson.read(HeraldJson.write(tree), golden.type()))
			.isInstanceOf(MalformedMessageException.class)
			.hasMessageContaining(name(field));
	}

	@ParameterizedTest
	@CsvSource({ "PUSH_JOB, push job", "DELIVERY_REPORT, delivery report", "TOKEN_INVALIDATION, token invalidation",
			"DEAD_LETTER, dead letter" })
	void anotherVersionIsRefused(GoldenMessage golden, String name) {
		ObjectNode tree = golden.tree().put("version", 2);

		assertThatThrownBy(() -> HeraldJson.read(HeraldJson.write(tree), golden.type()))
			.isInstanceOf(MalformedMessageException.class)
			.hasMessageContaining("version of a %s must be 1, but was 2", name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "null", "[]", "1", "\"text\"", "{\"version\": 1} {}", "{'version': 1}",
			"{\"version\": 01}", "not json at all" })
	void whatIsNoJsonObjectIsRefused(String json) {
		for (GoldenMessage golden : GoldenMessage.values()) {
			assertThatThrownBy(() -> HeraldJson.read(json.getBytes(StandardCharsets.UTF_8), golden.type()))
				.isInstanceOf(MalformedMessageException.class)
				.hasMessageStartingWith("expected a " + golden.type().getSimpleName() + ", but");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/attempt, 0, attempt must be 1 or more", "/attempt, 1.5, attempt", "/attempt, 99999999999, attempt",
			"/device/registration_id, 0, registration_id must be positive",
			"/device/provider, '\"pigeon\"', provider must be fcm or apns",
			"/device/environment, '\"moon\"', environment must be production or sandbox",
			"/priority, '\"urgent\"', priority must be high or normal", "/accepted_at, '\"yesterday\"', accepted_at",
			"/device/token, '\"a b\"', token must be", "/device/user_id, '\"\"', user_id must be",
			"/device/device_id, '\"ü\"', device_id must be", "/notification_id, '\"17\"', notification_id must be",
			"/content/payload, '\"{}\"', payload", "/content/payload, '[]', payload",
			"/content/image, '\"a b\"', image" })
	void aValueItsTypeRefusesIsNamed(String pointer, String json, String message) {
		JsonPointer field = JsonPointer.compile(pointer);
		ObjectNode tree = GoldenMessage.PUSH_JOB.tree();
		parent(tree, field).set(name(field), HeraldJson.mapper().readTree(json));

		assertThatThrownBy(() -> HeraldJson.read(HeraldJson.write(tree), GoldenMessage.PUSH_JOB.type()))
			.isInstanceOf(MalformedMessageException.class)
			.hasMessageContaining(message);
	}

	@ParameterizedTest
	@EnumSource
	void aRefusalNeverShowsADeviceToken(GoldenMessage golden) {
		String broken = new String(golden.json(), StandardCharsets.UTF_8)
			.replace("dQw4w9WgXcQ:APA91bHun4MxP5egoKMwt2KZFBaFUH", "dQw4w9WgXcQ:APA91bHun4 MxP5egoKMwt2KZFBaFUH")
			.replace("740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad", "");

		assertThat(broken.getBytes(StandardCharsets.UTF_8)).satisfies(json -> {
			try {
				HeraldJson.read(json, golden.type());
			}
			catch (MalformedMessageException ex) {
				assertThat(ex).hasStackTraceContaining("token must be");
				assertThat(ex.toString() + ex.getCause()).doesNotContain("APA91bHun4");
			}
		});
	}

	static Stream<Arguments> objects() {
		return rows((golden, pointer) -> true, true);
	}

	static Stream<Arguments> allFields() {
		return rows((golden, pointer) -> true, false);
	}

	static Stream<Arguments> requiredFields() {
		return rows((golden, pointer) -> !golden.optionalFields().contains(pointer.toString()), false);
	}

	static Stream<Arguments> optionalFields() {
		return rows((golden, pointer) -> golden.optionalFields().contains(pointer.toString()), false);
	}

	private static Stream<Arguments> rows(BiPredicate<GoldenMessage, JsonPointer> wanted, boolean objects) {
		return Stream.of(GoldenMessage.values())
			.flatMap(golden -> pointers(golden, objects).stream()
				.filter(pointer -> wanted.test(golden, pointer))
				.map(pointer -> Arguments.of(golden, pointer)));
	}

	/**
	 * Every object of a message, or every field; a payload is the caller's own affair.
	 */
	private static List<JsonPointer> pointers(GoldenMessage golden, boolean objects) {
		List<JsonPointer> found = new ArrayList<>();
		collect(golden.tree(), JsonPointer.empty(), objects, found);
		return found;
	}

	private static void collect(JsonNode node, JsonPointer at, boolean objects, List<JsonPointer> found) {
		boolean payload = at.toString().endsWith("/payload");
		if (objects ? node.isObject() && !payload : isField(at)) {
			found.add(at);
		}
		if (payload) {
			return;
		}
		node.forEachEntry((name, child) -> collect(child, at.appendProperty(name), objects, found));
		for (int i = 0; node.isArray() && i < node.size(); i++) {
			collect(node.get(i), at.appendIndex(i), objects, found);
		}
	}

	private static boolean isField(JsonPointer at) {
		return !at.matches() && at.last().getMatchingIndex() < 0;
	}

	private static ObjectNode parent(ObjectNode tree, JsonPointer field) {
		return (ObjectNode) tree.at(field.head());
	}

	private static String name(JsonPointer field) {
		return field.last().getMatchingProperty();
	}

}
