package dev.herald.common.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON of every message between the services: snake_case, absent instead of null,
 * times as ISO 8601 in UTC. Unknown fields are passed over, since a rolling upgrade runs
 * two versions at once; a missing field is refused by the record that needs it. Numbers
 * in a caller's payload keep every digit. Safe for use by many threads.
 */
public final class HeraldJson {

	/**
	 * The longest message that is taken from a queue: many times what a provider takes as
	 * one push, whatever is escaped.
	 */
	public static final int MAX_MESSAGE_BYTES = 256 * 1024;

	private static final String JSON = "application/json";

	/** Many clients say octet-stream where their user said nothing. */
	private static final Pattern JSON_OR_UNSAID = Pattern.compile("\\s*application/(json|octet-stream)\\s*(;.*)?",
			Pattern.CASE_INSENSITIVE);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		// An attempt or a version that is missing is not 0.
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.withCoercionConfig(LogicalType.Textual,
				text -> text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.addModule(new SimpleModule().addDeserializer(Instant.class, new WrittenInstant()))
		.build();

	/** Each is found by its class, which is cheaper than to be made again. */
	private static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
		@Override
		protected ObjectReader computeValue(Class<?> type) {
			return MAPPER.readerFor(type);
		}
	};

	private HeraldJson() {
	}

	/** The mapper itself; it is immutable. */
	public static JsonMapper mapper() {
		return MAPPER;
	}

	/** The message as UTF-8. */
	public static byte[] write(Object message) {
		return MAPPER.writeValueAsBytes(message);
	}

	/**
	 * Reads a message that came from a queue.
	 * @param contentType what the sender said that it is, if anything
	 * @throws MalformedMessageException as {@link #read}; also if it is longer than
	 * {@value #MAX_MESSAGE_BYTES} bytes, or said to be anything but JSON
	 */
	public static <T> T readMessage(byte[] json, @Nullable String contentType, Class<T> type) {
		requireMessage(json, contentType, type);
		return read(json, type);
	}

	/**
	 * Reads a message that came from a queue and holds one object or, as an array,
	 * several.
	 * @param contentType what the sender said that it is, if anything
	 * @return at least one
	 * @throws MalformedMessageException as {@link #readMessage}; also for an empty array
	 */
	public static <T> List<T> readMessages(byte[] json, @Nullable String contentType, Class<T> type) {
		requireMessage(json, contentType, type);
		if (!isArray(json)) {
			return List.of(read(json, type));
		}
		List<T> messages = read(MAPPER.readerForListOf(type), json, type);
		if (messages.isEmpty() || messages.contains(null)) {
			throw new MalformedMessageException(type, "found an array that is empty or holds null", null);
		}
		return messages;
	}

	private static boolean isArray(byte[] json) {
		int first = 0;
		while (first < json.length && Character.isWhitespace(json[first])) {
			first++;
		}
		return first < json.length && json[first] == '[';
	}

	private static void requireMessage(byte[] json, @Nullable String contentType, Class<?> type) {
		if (json.length > MAX_MESSAGE_BYTES) {
			throw new MalformedMessageException(type,
					"found %d bytes, and at most %d are taken".formatted(json.length, MAX_MESSAGE_BYTES), null);
		}
		if (contentType != null && !contentType.equals(JSON) && !JSON_OR_UNSAID.matcher(contentType).matches()) {
			throw new MalformedMessageException(type,
					"the content type is \"%.64s\" and not application/json".formatted(contentType), null);
		}
	}

	/**
	 * Reads a message.
	 * @param json UTF-8
	 * @throws MalformedMessageException if it is not JSON, lacks a field, or holds a
	 * value its type refuses
	 */
	public static <T> T read(byte[] json, Class<T> type) {
		return read(READERS.get(type), json, type);
	}

	private static <T> T read(ObjectReader reader, byte[] json, Class<?> type) {
		try {
			@Nullable T message = reader.readValue(json);
			if (message == null) {
				throw new MalformedMessageException(type, "found null", null);
			}
			return message;
		}
		catch (JacksonException ex) {
			throw new MalformedMessageException(type, ex);
		}
	}

}
