package dev.herald.emulators.fcm;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and checks the body of {@code messages:send} (Firebase's REST page
 * <em>projects.messages</em>).
 */
final class FcmMessageReader {

	/** Firebase: <em>Set and manage message types</em>. */
	private static final int MAX_PAYLOAD_BYTES = 4096;

	/** Firebase: <em>Set the lifespan of a message</em>; 28 days. */
	private static final BigDecimal MAX_TTL_SECONDS = BigDecimal.valueOf(2_419_200);

	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_:-]{1,4096}");

	private static final Pattern DURATION = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,9})?)s");

	private static final Set<String> REQUEST_FIELDS = Set.of("message", "validate_only");

	private static final Set<String> MESSAGE_FIELDS = Set.of("name", "data", "notification", "android", "webpush",
			"apns", "fcm_options", "token", "topic", "condition");

	private static final Set<String> NOTIFICATION_FIELDS = Set.of("title", "body", "image");

	private static final Set<String> ANDROID_FIELDS = Set.of("collapse_key", "priority", "ttl",
			"restricted_package_name", "data", "notification", "fcm_options", "direct_boot_ok",
			"bandwidth_constrained_ok", "restricted_satellite_ok");

	private static final List<String> TARGETS = List.of("token", "topic", "condition");

	private static final JsonMapper json = JsonMapper.shared();

	private FcmMessageReader() {
	}

	static FcmMessage read(byte[] body) throws InvalidMessageException {
		JsonNode request = parse(body);
		requireObject(request, "", REQUEST_FIELDS);
		JsonNode message = request.path("message");
		requireObject(message, "message", MESSAGE_FIELDS);
		String target = target(message);
		JsonNode notification = optionalObject(message, "message.notification", NOTIFICATION_FIELDS);
		JsonNode android = optionalObject(message, "message.android", ANDROID_FIELDS);
		JsonNode androidNotification = android.path("notification");
		checkData(message.path("data"), "message.data");
		checkData(android.path("data"), "message.android.data");
		checkAndroid(android);
		checkSize(message.path("data"), android.path("data"), notification, androidNotification);
		return new FcmMessage(target, field(request, "validate_only").asBoolean(false),
				first(androidNotification, notification, "title"), first(androidNotification, notification, "body"),
				text(field(android, "collapse_key")),
				first(android.path("data"), message.path("data"), "notification_id"));
	}

	private static JsonNode parse(byte[] body) throws InvalidMessageException {
		try {
			return json.readTree(body);
		}
		catch (JacksonException ex) {
			throw InvalidMessageException.shape(null, "Invalid JSON payload received. " + ex.getOriginalMessage());
		}
	}

	/**
	 * Protocol buffers' JSON takes both forms of a name: collapse_key and collapseKey.
	 */
	private static JsonNode field(JsonNode object, String snakeCase) {
		JsonNode value = object.path(snakeCase);
		return value.isMissingNode() && snakeCase.indexOf('_') > 0 ? object.path(camelCase(snakeCase)) : value;
	}

	private static String camelCase(String snakeCase) {
		StringBuilder camel = new StringBuilder();
		for (int at = 0; at < snakeCase.length(); at++) {
			boolean afterUnderscore = at > 0 && snakeCase.charAt(at - 1) == '_';
			char letter = snakeCase.charAt(at);
			if (letter != '_') {
				camel.append(afterUnderscore ? Character.toUpperCase(letter) : letter);
			}
		}
		return camel.toString();
	}

	private static void requireObject(JsonNode node, String path, Set<String> known) throws InvalidMessageException {
		if (!node.isObject()) {
			throw InvalidMessageException.shape(path.isEmpty() ? null : path,
					path.isEmpty() ? "Invalid JSON payload received. Expected an object."
							: "Invalid value at '%s', expected an object".formatted(path));
		}
		for (String name : node.propertyNames()) {
			if (!known.contains(name) && !known.contains(snakeCase(name))) {
				throw InvalidMessageException.shape(path,
						"Invalid JSON payload received. Unknown name \"%s\"%s: Cannot find field.".formatted(name,
								path.isEmpty() ? "" : " at '" + path + "'"));
			}
		}
	}

	private static String snakeCase(String camelCase) {
		StringBuilder snake = new StringBuilder();
		for (int at = 0; at < camelCase.length(); at++) {
			char letter = camelCase.charAt(at);
			if (Character.isUpperCase(letter)) {
				snake.append('_');
			}
			snake.append(Character.toLowerCase(letter));
		}
		return snake.toString();
	}

	private static JsonNode optionalObject(JsonNode message, String path, Set<String> known)
			throws InvalidMessageException {
		JsonNode node = message.path(path.substring("message.".length()));
		if (!node.isMissingNode() && !node.isNull()) {
			requireObject(node, path, known);
		}
		return node;
	}

	private static String target(JsonNode message) throws InvalidMessageException {
		List<String> given = TARGETS.stream().filter(message::hasNonNull).toList();
		if (given.isEmpty()) {
			throw InvalidMessageException.content("message", "Recipient of the message is not set.");
		}
		if (given.size() > 1) {
			throw InvalidMessageException.shape("message",
					"Invalid value at 'message' (oneof), oneof field 'target' is already set. Cannot set '%s'"
						.formatted(given.get(1)));
		}
		String kind = given.getFirst();
		String value = requireText(message.path(kind), "message." + kind);
		return kind.equals("topic") ? "/topics/" + value : kind.equals("token") ? requireToken(value) : value;
	}

	/**
	 * The words by which a sender tells a malformed token from any other bad argument.
	 */
	private static String requireToken(String token) throws InvalidMessageException {
		if (!TOKEN.matcher(token).matches()) {
			throw InvalidMessageException.content(null, FcmAnswers.BAD_TOKEN);
		}
		return token;
	}

	private static String requireText(JsonNode node, String path) throws InvalidMessageException {
		if (!node.isString()) {
			throw InvalidMessageException.shape(path,
					"Invalid value at '%s' (TYPE_STRING), %s".formatted(path, abbreviated(node)));
		}
		return node.stringValue();
	}

	private static String abbreviated(JsonNode node) {
		String value = node.toString();
		return value.substring(0, Math.min(100, value.length()));
	}

	private static void checkData(JsonNode data, String path) throws InvalidMessageException {
		if (data.isMissingNode() || data.isNull()) {
			return;
		}
		if (!data.isObject()) {
			throw InvalidMessageException.shape(path, "Invalid value at '%s' (map)".formatted(path));
		}
		int at = 0;
		for (Map.Entry<String, JsonNode> entry : data.properties()) {
			requireText(entry.getValue(), "%s[%d].value".formatted(path, at++));
			if (isReserved(entry.getKey())) {
				throw InvalidMessageException.content(path, "Invalid data payload key: " + entry.getKey());
			}
		}
	}

	/**
	 * Firebase's pages differ in where the prefixes end; the stricter reading is the safe
	 * one.
	 */
	private static boolean isReserved(String key) {
		return key.isEmpty() || key.equals("from") || key.equals("message_type") || key.startsWith("google")
				|| key.startsWith("gcm");
	}

	private static void checkAndroid(JsonNode android) throws InvalidMessageException {
		if (!android.isObject()) {
			return;
		}
		JsonNode priority = field(android, "priority");
		if (!priority.isMissingNode() && !isPriority(priority)) {
			throw InvalidMessageException.shape("message.android.priority",
					"Invalid value at 'message.android.priority' "
							+ "(type.googleapis.com/google.firebase.fcm.v1.AndroidMessagePriority), "
							+ abbreviated(priority));
		}
		JsonNode ttl = field(android, "ttl");
		if (!ttl.isMissingNode()) {
			checkTtl(ttl);
		}
	}

	private static boolean isPriority(JsonNode priority) {
		return priority.isString() && (priority.stringValue().equalsIgnoreCase("high")
				|| priority.stringValue().equalsIgnoreCase("normal"));
	}

	private static void checkTtl(JsonNode ttl) throws InvalidMessageException {
		String path = "message.android.ttl";
		Matcher duration = DURATION.matcher(requireText(ttl, path));
		if (!duration.matches()) {
			throw InvalidMessageException.shape(path,
					"Invalid value at '%s' (type.googleapis.com/google.protobuf.Duration), %s".formatted(path,
							abbreviated(ttl)));
		}
		BigDecimal seconds = new BigDecimal(duration.group(1));
		if (seconds.signum() < 0 || seconds.compareTo(MAX_TTL_SECONDS) > 0) {
			throw InvalidMessageException.content(path,
					"Invalid TTL %ss, expected a duration from 0 to 2,419,200 seconds".formatted(seconds));
		}
	}

	private static void checkSize(JsonNode... parts) throws InvalidMessageException {
		int bytes = 0;
		for (JsonNode part : parts) {
			bytes += sizeOf(part);
		}
		if (bytes > MAX_PAYLOAD_BYTES) {
			throw InvalidMessageException.content(null, "Android message is too big");
		}
	}

	private static int sizeOf(JsonNode part) {
		int bytes = 0;
		for (Map.Entry<String, JsonNode> entry : part.properties()) {
			bytes += sizeOf(entry.getKey())
					+ (entry.getValue().isContainer() ? sizeOf(entry.getValue()) : sizeOf(entry.getValue().asString()));
		}
		return bytes;
	}

	private static int sizeOf(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static @Nullable String first(JsonNode preferred, JsonNode other, String name) {
		String value = text(preferred.path(name));
		return (value != null) ? value : text(other.path(name));
	}

	private static @Nullable String text(JsonNode node) {
		return node.isString() ? node.stringValue() : null;
	}

}
