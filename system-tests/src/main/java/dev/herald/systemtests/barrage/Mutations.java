package dev.herald.systemtests.barrage;

import dev.herald.common.json.HeraldJson;
import dev.herald.systemtests.barrage.Operation.Input;
import dev.herald.systemtests.barrage.Operation.Place;
import dev.herald.systemtests.barrage.Shot.Framing;
import dev.herald.systemtests.barrage.Shot.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be wrong with a request: each mutation makes one thing wrong with a valid one,
 * or answers that it cannot.
 */
final class Mutations {

	/** Stands in a text for what no JSON library would write. */
	private static final String HOLE = "@@hole@@";

	private static final List<String> WRONG_VALUES = List.of("null", "0", "-1", "1.5", "true", "\"\"", "\" \"", "[]",
			"[[[]]]", "{}", "{\"a\": {\"b\": null}}", "\"text\"", "1e400", "-1e-400", "9".repeat(400), "2147483648",
			"9223372036854775808", "-0", "\"\\ud83d\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "[null]", "[1, \"a\", {}]",
			"\"" + "x".repeat(10_000) + "\"", "\"" + "🚕".repeat(5_000) + "\"", "1".repeat(2000) + ".5");

	private static final List<String> BROKEN_VALUES = List.of("NaN", "Infinity", "0x10", "01", "'text'", "undefined",
			"tru", "\"\\x\"", "\"\n\"", "// comment", "+1", ".5", "1.", "\"\\u12\"");

	private static final List<String> TEXTS = List.of("", " ", "a b", "\t", "*", "null", "0", "-1", "1.5", "1e9",
			"9223372036854775808", "99999999999999999999999", "true", "x".repeat(300), "x".repeat(6_000), "../..", "'",
			"\"", "<script>", "Zoë", "🚕", "%00", "${x}", "a,b", "a;b", "NaN", "com.acme.unknown");

	private static final List<String> TARGETS = List.of("/%2e%2e/", "//", "/./", "/../", ";x=y", "%2F", "%5C", "\\",
			"%00", "%zz", "%", "%ff%fe", "%c0%ae", "/..;/", "?", "#", "%3F", "%0d%0aX-Injected:%201", "🚕", "\u0001",
			"|", "{x}", "/" + "a".repeat(6_000), "/" + "a/".repeat(500), ".json", "~", "%20", "*");

	private static final List<String> CONTENT_TYPES = List.of("text/plain", "application/xml", "text/html",
			"application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
			"application/yaml", "application/cbor", "application/json; charset=utf-16",
			"application/json; charset=nonsense", "///", "*/*", "x", "application/json, text/plain",
			"application/" + "x".repeat(5_000), "application/problem+json", "application/json;", "application/json; =",
			"image/png");

	private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS",
			"TRACE", "CONNECT", "BREW", "get", "PROPFIND", "G\u0001T", "X".repeat(3000));

	private static final List<String> ACCEPTS = List.of("text/html", "application/xml", "x", "///", "*/*;q=2",
			"application/json;q=0", "image/*", "a/b, ".repeat(500), "application/problem+json", "");

	private final List<String> keys;

	private final List<Mutation> all;

	/** One way to make a request wrong. */
	interface Mutation {

		/** Makes it wrong. Returns whether it could. */
		boolean apply(Shot shot, RandomGenerator random);

	}

	/**
	 * @param keys the API keys of every role
	 */
	Mutations(List<String> keys) {
		this.keys = keys;
		this.all = List.of(this::wrongValue, this::wrongValue, this::wrongValue, this::brokenValue, this::missingField,
				this::unknownField, this::duplicateField, this::brokenJson, this::invalidUtf8, this::deepNesting,
				this::otherBody, this::hugeBody, this::contentType, this::missingInput, this::wrongInput,
				this::wrongInput, this::wrongInput, this::repeatedInput, this::unknownInput, this::headerBomb,
				this::oddHeader, this::pathTrick, this::pathTrick, this::method, this::key, this::framing, this::accept,
				this::idempotencyKey);
	}

	/** Makes one thing wrong, whatever can be. */
	void mutate(Shot shot, RandomGenerator random) {
		boolean done = false;
		while (!done) {
			done = all.get(random.nextInt(all.size())).apply(shot, random);
		}
	}

	private boolean wrongValue(Shot shot, RandomGenerator random) {
		return replaced(shot, pick(WRONG_VALUES, random), true, random);
	}

	private boolean brokenValue(Shot shot, RandomGenerator random) {
		return replaced(shot, pick(BROKEN_VALUES, random), false, random);
	}

	private static boolean replaced(Shot shot, String raw, boolean aboutAField, RandomGenerator random) {
		JsonNode body = json(shot);
		List<ObjectNode> objects = objects(body).stream().filter(object -> !object.isEmpty()).toList();
		if (objects.isEmpty()) {
			return false;
		}
		ObjectNode object = pick(objects, random);
		String field = pick(List.copyOf(object.propertyNames()), random);
		object.put(field, HOLE);
		write(shot, body.toString().replace('"' + HOLE + '"', raw));
		shot.aboutAField = aboutAField;
		return said(shot, field + " is " + raw);
	}

	private boolean missingField(Shot shot, RandomGenerator random) {
		JsonNode body = json(shot);
		List<ObjectNode> objects = objects(body).stream().filter(object -> !object.isEmpty()).toList();
		if (objects.isEmpty()) {
			return false;
		}
		ObjectNode object = pick(objects, random);
		String field = pick(List.copyOf(object.propertyNames()), random);
		object.remove(field);
		write(shot, body.toString());
		shot.aboutAField = true;
		return said(shot, field + " is missing");
	}

	private boolean unknownField(Shot shot, RandomGenerator random) {
		JsonNode body = json(shot);
		List<ObjectNode> objects = objects(body);
		if (objects.isEmpty()) {
			return false;
		}
		String field = pick(
				List.of("titel", "", "__proto__", "Title", "a.b", "x".repeat(5_000), "🚕", "\u0000", "@class"), random);
		pick(objects, random).put(field, 1);
		write(shot, body.toString());
		// A field without a name is told of in the detail only.
		shot.aboutAField = !field.isEmpty();
		return said(shot, "an unknown field");
	}

	private boolean duplicateField(Shot shot, RandomGenerator random) {
		JsonNode body = json(shot);
		if (!(body instanceof ObjectNode object) || object.isEmpty()) {
			return false;
		}
		String field = pick(List.copyOf(object.propertyNames()), random);
		String text = body.toString();
		write(shot, text.substring(0, text.length() - 1) + ",\"" + field + "\":" + object.get(field) + "}");
		return said(shot, field + " is there twice");
	}

	private boolean brokenJson(Shot shot, RandomGenerator random) {
		byte[] body = shot.body;
		if (body == null || body.length < 2) {
			return false;
		}
		String text = new String(body, StandardCharsets.UTF_8);
		write(shot, switch (random.nextInt(5)) {
			case 0 -> text.substring(0, random.nextInt(text.length()));
			case 1 -> text + text;
			case 2 -> text.replace("\"", "'");
			case 3 -> text + "}";
			default -> text.replace(':', '=');
		});
		return said(shot, "broken JSON");
	}

	private boolean invalidUtf8(Shot shot, RandomGenerator random) {
		byte[] body = shot.body;
		if (body == null || body.length < 2) {
			return false;
		}
		byte[] changed = body.clone();
		for (int i = 0; i < 3; i++) {
			changed[random.nextInt(changed.length)] = (byte) random.nextInt(0x80, 0x100);
		}
		shot.body = changed;
		return said(shot, "bytes that are no UTF-8");
	}

	private boolean deepNesting(Shot shot, RandomGenerator random) {
		int depth = pick(List.of(200, 600, 1500, 20_000), random);
		String open = pick(List.of("[", "{\"a\":"), random);
		String close = open.equals("[") ? "]" : "}";
		String nested = open.repeat(depth) + "1" + close.repeat(depth);
		if (random.nextBoolean() && replaced(shot, nested, false, random)) {
			return said(shot, "a field nested %d deep".formatted(depth));
		}
		if (shot.body == null) {
			return false;
		}
		write(shot, nested);
		return said(shot, "a body nested %d deep".formatted(depth));
	}

	private boolean otherBody(Shot shot, RandomGenerator random) {
		String body = pick(List.of("", " ", "null", "[]", "{}", "0", "\"text\"", "true", "\uFEFF{}", "[{}]", "\u0000",
				"<x/>", "--- {a: 1}", "a=b&c=d", "[1,2"), random);
		shot.setHeader("Content-Type", "application/json");
		write(shot, body);
		return said(shot, "the body is " + body);
	}

	private boolean hugeBody(Shot shot, RandomGenerator random) {
		if (shot.body == null || random.nextInt(4) > 0) {
			return false;
		}
		int size = pick(List.of(70_000, 600_000, 3_000_000), random);
		byte[] huge = new byte[size];
		Arrays.fill(huge, (byte) pick(List.of((int) ' ', (int) '[', (int) '1', 0), random).intValue());
		shot.body = huge;
		shot.framing = pick(List.of(Framing.LENGTH, Framing.CHUNKED), random);
		shot.maySayNothing = size > 1_000_000;
		return said(shot, "a body of %d bytes".formatted(size));
	}

	private boolean contentType(Shot shot, RandomGenerator random) {
		if (shot.body == null) {
			return false;
		}
		if (random.nextInt(6) == 0) {
			shot.removeHeader("Content-Type");
		}
		else {
			shot.setHeader("Content-Type", pick(CONTENT_TYPES, random));
		}
		return said(shot, "another content type");
	}

	private boolean missingInput(Shot shot, RandomGenerator random) {
		List<Input> inputs = shot.operation.inputs().stream().filter(input -> input.place() != Place.PATH).toList();
		if (inputs.isEmpty()) {
			return false;
		}
		Input input = pick(inputs, random);
		shot.removeHeader(input.name());
		shot.query.removeIf(parameter -> parameter.name().equals(input.name()));
		shot.aboutAField = true;
		return said(shot, input.name() + " is missing");
	}

	private boolean wrongInput(Shot shot, RandomGenerator random) {
		List<Input> inputs = shot.operation.inputs();
		if (inputs.isEmpty()) {
			return false;
		}
		Input input = pick(inputs, random);
		String text = pick(TEXTS, random);
		switch (input.place()) {
			case HEADER -> shot.setHeader(input.name(), text);
			case QUERY -> {
				shot.query.removeIf(parameter -> parameter.name().equals(input.name()));
				shot.query.add(new Pair(input.name(), Generator.encoded(text)));
			}
			case PATH -> shot.path = shot.operation.path().replace("{" + input.name() + "}", Generator.encoded(text));
		}
		// What the container refuses for its bytes never gets as far as a field.
		shot.aboutAField = input.place() == Place.QUERY || (input.place() == Place.HEADER && text.length() < 1000);
		return said(shot, "%s is \"%.40s\"".formatted(input.name(), text));
	}

	private boolean repeatedInput(Shot shot, RandomGenerator random) {
		List<Pair> pairs = random.nextBoolean() ? shot.query : shot.headers;
		if (pairs.isEmpty()) {
			return false;
		}
		Pair pair = pick(pairs, random);
		pairs.add(new Pair(pair.name(), random.nextBoolean() ? pair.value() : "another"));
		return said(shot, pair.name() + " is there twice");
	}

	private boolean unknownInput(Shot shot, RandomGenerator random) {
		String name = pick(
				List.of("x", "", "limit%5B%5D", "%00", "%ff", "class.module.classLoader", "a".repeat(3000), "%", "q"),
				random);
		shot.query.add(new Pair(name, Generator.encoded(pick(TEXTS, random))));
		return said(shot, "an unknown parameter");
	}

	private boolean headerBomb(Shot shot, RandomGenerator random) {
		int count = pick(List.of(60, 150, 400), random);
		int size = pick(List.of(10, 100, 400), random);
		for (int i = 0; i < count; i++) {
			shot.headers.add(new Pair("X-Bomb-" + i, "b".repeat(size)));
		}
		shot.maySayNothing = count * size > 60_000;
		return said(shot, "%d headers of %d bytes".formatted(count, size));
	}

	private boolean oddHeader(Shot shot, RandomGenerator random) {
		shot.headers.add(pick(List.of(new Pair("", "x"), new Pair("X Y", "x"), new Pair("X-Odd", "\u0000"),
				new Pair("X-Odd", "a\rb"), new Pair("X-Odd", "ü\u0001"), new Pair("Host", "other"),
				new Pair("Cookie", "a=b; ;;="), new Pair("Content-Encoding", "gzip"), new Pair("Range", "bytes=0-1"),
				new Pair("If-None-Match", "*"), new Pair("X-Forwarded-For", "'"),
				new Pair("X-HTTP-Method-Override", "DELETE"), new Pair("Origin", "https://evil.example"),
				new Pair("Upgrade", "h2c"), new Pair("Accept-Language", "x".repeat(2000)),
				new Pair("X-Big", "x".repeat(20_000)), new Pair("Accept-Charset", "nonsense"),
				new Pair("Forwarded", "for=\"")), random));
		return said(shot, "an odd header");
	}

	private boolean pathTrick(Shot shot, RandomGenerator random) {
		String trick = pick(TARGETS, random);
		int at = random.nextInt(shot.path.length() + 1);
		shot.path = switch (random.nextInt(3)) {
			case 0 -> shot.path + trick;
			case 1 -> shot.path.substring(0, at) + trick + shot.path.substring(at);
			default -> trick + shot.path;
		};
		return said(shot, "\"%.20s\" in the path".formatted(trick));
	}

	private boolean method(Shot shot, RandomGenerator random) {
		shot.method = pick(METHODS, random);
		return said(shot, "the method is %.20s".formatted(shot.method));
	}

	private boolean key(Shot shot, RandomGenerator random) {
		shot.removeHeader("Authorization");
		List<String> values = new ArrayList<>(List.of("Bearer wrong", "Bearer", "Bearer ", "bearer x y", "Basic YTpi",
				"", "Bearer " + "x".repeat(5_000), "Bearer ü", "Bearer \u0000", "Digest x"));
		keys.forEach(other -> values.add("Bearer " + other));
		if (random.nextInt(8) > 0) {
			shot.headers.add(new Pair("Authorization", pick(values, random)));
		}
		return said(shot, "another key");
	}

	private boolean framing(Shot shot, RandomGenerator random) {
		switch (random.nextInt(9)) {
			case 0 -> {
				shot.framing = Framing.ENDLESS;
				shot.maySayNothing = true;
			}
			case 1, 2 -> shot.framing = Framing.CHUNKED;
			case 3 -> unsaid(shot, "Content-Length", "-1");
			case 4 -> unsaid(shot, "Content-Length", "99999999999999999999");
			case 5 -> unsaid(shot, "Content-Length", "1, 2");
			case 6 -> unsaid(shot, "Transfer-Encoding", "gzip");
			case 7 -> {
				unsaid(shot, "Transfer-Encoding", "chunked");
				shot.body = "zz\r\nno chunk".getBytes(StandardCharsets.US_ASCII);
			}
			default -> {
				shot.headers.add(new Pair("Expect", "100-continue"));
			}
		}
		return said(shot, "another framing");
	}

	private static void unsaid(Shot shot, String name, String value) {
		shot.framing = Framing.UNSAID;
		shot.setHeader(name, value);
	}

	private boolean accept(Shot shot, RandomGenerator random) {
		shot.setHeader("Accept", pick(ACCEPTS, random));
		return said(shot, "another Accept");
	}

	private boolean idempotencyKey(Shot shot, RandomGenerator random) {
		shot.setHeader("Idempotency-Key",
				pick(List.of("", " ", "a b", "x".repeat(256), "ü", "the-same", "the-same", "\""), random));
		return said(shot, "an idempotency key");
	}

	private static JsonNode json(Shot shot) {
		return shot.body == null ? HeraldJson.mapper().missingNode() : HeraldJson.mapper().readTree(shot.body);
	}

	private static List<ObjectNode> objects(JsonNode node) {
		List<ObjectNode> objects = new ArrayList<>();
		collect(node, objects);
		return objects;
	}

	private static void collect(@Nullable JsonNode node, List<ObjectNode> objects) {
		if (node instanceof ObjectNode object) {
			objects.add(object);
			object.forEach(child -> collect(child, objects));
		}
		else if (node instanceof ArrayNode array) {
			array.forEach(child -> collect(child, objects));
		}
	}

	private static void write(Shot shot, String body) {
		shot.body = body.getBytes(StandardCharsets.UTF_8);
	}

	private static boolean said(Shot shot, String mutation) {
		shot.mutation = mutation.length() <= 120 ? mutation : mutation.substring(0, 120) + "…";
		return true;
	}

	private static <T> T pick(List<T> choices, RandomGenerator random) {
		return choices.get(random.nextInt(choices.size()));
	}

}
