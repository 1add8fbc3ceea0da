package dev.herald.common.push;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.herald.common.json.HeraldJson;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The caller's own data of a notification: a JSON object that Herald hands to the app and
 * does not look into. It is kept as text, since on its way through the services nobody
 * needs its parts. Equal to another with the same text. Immutable.
 *
 * <p>
 * Not a record, whose constructor would have to be public: text that goes into messages
 * as it is must not come in unparsed.
 */
public final class Payload {

	/** The payload of a notification that has none. */
	public static final Payload EMPTY = new Payload("{}");

	private final String json;

	private Payload(String json) {
		this.json = json;
	}

	/**
	 * Takes a parsed object.
	 * @throws IllegalArgumentException if a text in it holds half of a surrogate pair
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static Payload of(ObjectNode object) {
		if (object.isEmpty()) {
			return EMPTY;
		}
		return wellFormed(HeraldJson.mapper().writeValueAsString(object));
	}

	/**
	 * Takes the object that a parser is at, written by a {@link Payload} before: names
	 * that stand in it twice would stay so.
	 * @throws IllegalArgumentException as {@link #of}
	 */
	static Payload copy(JsonParser parser) {
		StringWriter text = new StringWriter();
		try (JsonGenerator json = HeraldJson.mapper().createGenerator(text)) {
			json.copyCurrentStructureExact(parser);
		}
		return wellFormed(text.toString());
	}

	private static Payload wellFormed(String json) {
		if (!UnicodeText.isWellFormed(json)) {
			throw new IllegalArgumentException("payload must be a JSON object, but holds half of a surrogate pair");
		}
		return new Payload(json);
	}

	/**
	 * Takes text that must be a JSON object.
	 * @throws IllegalArgumentException if it is anything else
	 */
	public static Payload parse(String json) {
		try {
			if (HeraldJson.mapper().readTree(json) instanceof ObjectNode object) {
				return of(object);
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("payload must be a JSON object, but is not JSON", ex);
		}
		throw new IllegalArgumentException("payload must be a JSON object, but is another JSON value");
	}

	/** The text of one JSON object. */
	@JsonValue
	@JsonRawValue
	public String json() {
		return json;
	}

	/** What stands between its braces: empty, or fields parted by commas. */
	public String fields() {
		return json.substring(1, json.length() - 1);
	}

	/** The parts, as a tree of the caller's own: changing it changes nothing here. */
	public ObjectNode toTree() {
		JsonNode tree = HeraldJson.mapper().readTree(json);
		return (ObjectNode) tree;
	}

	/**
	 * The length of the text in UTF-8, in bytes: what counts against a provider's limit.
	 */
	public int utf8Length() {
		return json.getBytes(StandardCharsets.UTF_8).length;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Payload payload && json.equals(payload.json);
	}

	@Override
	public int hashCode() {
		return json.hashCode();
	}

	@Override
	public String toString() {
		return json;
	}

}
