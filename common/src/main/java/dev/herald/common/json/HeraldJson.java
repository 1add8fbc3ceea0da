package dev.herald.common.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of every message between the services: snake_case, absent instead of null,
 * times as ISO 8601 in UTC. Unknown fields are passed over, since a rolling upgrade runs
 * two versions at once; a missing field is refused by the record that needs it. Safe for
 * use by many threads.
 */
public final class HeraldJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

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
	 * Reads a message.
	 * @param json UTF-8
	 * @throws MalformedMessageException if it is not JSON, lacks a field, or holds a
	 * value its type refuses
	 */
	public static <T> T read(byte[] json, Class<T> type) {
		try {
			return MAPPER.readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new MalformedMessageException(type, ex);
		}
	}

}
