package dev.herald.systemtests.barrage;

import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values that a schema allows. What a schema cannot say, such as which applications there
 * are, is known by the name of the field; a name that is not known gets any value of its
 * type, so that an operation that comes later is met too.
 */
final class ValidValues {

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private static final int MAX_DEPTH = 6;

	private static final List<String> TEXTS = List.of("a", "Your driver is here", "Zoë wartet am Abholpunkt 🚕",
			"مرحبا", "\u0000\u0001", "'; DROP TABLE device; --", "{{7*7}}", "${jndi:ldap://x/y}", "<script>", "%s%n%x",
			"\\u0041\"\\", "x".repeat(100));

	private final Description description;

	private final Map<String, Function<RandomGenerator, String>> byName;

	/**
	 * @param byName texts by the name of a field or parameter, in snake_case
	 */
	ValidValues(Description description, Map<String, Function<RandomGenerator, String>> byName) {
		this.description = description;
		this.byName = byName;
	}

	/** A value for a header, a parameter or a variable of the path, as text. */
	String text(String name, Schema<?> schema, RandomGenerator random) {
		JsonNode value = value(name, schema, random, 0);
		return value.isValueNode() ? value.asString() : value.toString();
	}

	/** A value as JSON. */
	JsonNode value(@Nullable String name, Schema<?> schema, RandomGenerator random) {
		return value(name, schema, random, 0);
	}

	private JsonNode value(@Nullable String name, Schema<?> reference, RandomGenerator random, int depth) {
		Schema<?> schema = description.resolved(reference);
		Function<RandomGenerator, String> known = name == null ? null : byName.get(name);
		List<?> choices = schema.getEnum();
		if (known != null) {
			return JSON.stringNode(known.apply(random));
		}
		if (choices != null && !choices.isEmpty()) {
			return JSON.stringNode(
					String.valueOf(choices.get(random.nextInt(choices.size()))).toLowerCase(java.util.Locale.ROOT));
		}
		return switch (type(schema)) {
			case "object" -> object(schema, random, depth);
			case "array" -> array(name, schema, random, depth);
			case "integer" -> JSON.numberNode(integer(schema, random));
			case "number" -> JSON.numberNode(random.nextDouble(-1e6, 1e6));
			case "boolean" -> JSON.booleanNode(random.nextBoolean());
			default -> JSON.stringNode(string(schema, random));
		};
	}

	private static String type(Schema<?> schema) {
		if (schema.getTypes() != null) {
			return schema.getTypes().stream().filter(type -> !type.equals("null")).findFirst().orElse("string");
		}
		return schema.getType() == null ? "string" : schema.getType();
	}

	private ObjectNode object(Schema<?> schema, RandomGenerator random, int depth) {
		ObjectNode object = JSON.objectNode();
		if (schema.getProperties() == null || depth > MAX_DEPTH) {
			return random.nextBoolean() ? object : object.put("any", random.nextInt()).put("text", any(random));
		}
		List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
		schema.getProperties().forEach((name, property) -> {
			// More than half, so that most requests say something.
			if (required.contains(name) || random.nextInt(10) < 7) {
				object.set(name, value(name, property, random, depth + 1));
			}
		});
		return object;
	}

	private ArrayNode array(@Nullable String name, Schema<?> schema, RandomGenerator random, int depth) {
		ArrayNode array = JSON.arrayNode();
		int size = depth > MAX_DEPTH || schema.getItems() == null ? 0 : random.nextInt(1, 4);
		for (int i = 0; i < size; i++) {
			array.add(value(name, schema.getItems(), random, depth + 1));
		}
		return array;
	}

	private static long integer(Schema<?> schema, RandomGenerator random) {
		long least = schema.getMinimum() == null ? -1000 : schema.getMinimum().longValue();
		long greatest = schema.getMaximum() == null ? Math.max(least, 1_000_000) : schema.getMaximum().longValue();
		return switch (random.nextInt(4)) {
			case 0 -> least;
			case 1 -> greatest;
			default -> greatest == least ? least : random.nextLong(least, greatest);
		};
	}

	private static String string(Schema<?> schema, RandomGenerator random) {
		if ("date-time".equals(schema.getFormat())) {
			return "2026-11-20T12:00:00Z";
		}
		if ("uuid".equals(schema.getFormat())) {
			return "01932c07-6a00-7abc-8def-0123456789ab";
		}
		if ("uri".equals(schema.getFormat())) {
			return "https://cdn.acme.example/driver.png";
		}
		String text = any(random);
		int longest = schema.getMaxLength() == null ? text.length() : schema.getMaxLength();
		return text.length() <= longest ? text : text.substring(0, longest);
	}

	private static String any(RandomGenerator random) {
		return TEXTS.get(random.nextInt(TEXTS.size()));
	}

}
