package dev.herald.emulators.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.ProgrammedBehaviour;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Behaviours as JSON: {@code {"behaviour": "throttle", "retry_after_seconds": 5}}. */
final class BehaviourJson {

	private static final JsonMapper json = JsonMapper.shared();

	private static final List<String> NAMES = List.of("accept", "slow", "hang", "drop_connection", "go_away",
			"unregistered", "bad_device_token", "sender_id_mismatch", "bad_credentials", "throttle", "server_error",
			"refuse");

	private BehaviourJson() {
	}

	/**
	 * Reads a behaviour; an unregistered one without a date is dead since {@code now}.
	 * @throws IllegalArgumentException if it is none
	 */
	static Behaviour read(JsonNode body, Instant now) {
		return switch (name(body)) {
			case "accept" -> only(body, new Behaviour.Accept());
			case "slow" -> only(body, new Behaviour.Slow(Duration.ofMillis(number(body, "delay_ms"))), "delay_ms");
			case "hang" -> only(body, new Behaviour.Hang());
			case "drop_connection" -> only(body, new Behaviour.DropConnection());
			case "go_away" -> only(body, new Behaviour.GoAway());
			case "unregistered" -> only(body, new Behaviour.Unregistered(since(body, now)), "since");
			case "bad_device_token" -> only(body, new Behaviour.BadDeviceToken());
			case "sender_id_mismatch" -> only(body, new Behaviour.SenderIdMismatch());
			case "bad_credentials" -> only(body, new Behaviour.BadCredentials());
			case "throttle" -> only(body, new Behaviour.Throttle(retryAfter(body)), "retry_after_seconds");
			case "server_error" ->
				only(body, new Behaviour.ServerError(Math.toIntExact(number(body, "status")), retryAfter(body)),
						"status", "retry_after_seconds");
			case "refuse" -> only(body, new Behaviour.Refuse(text(body, "reason")), "reason");
			case String unknown ->
				throw new IllegalArgumentException("behaviour is '%s', expected one of %s".formatted(unknown, NAMES));
		};
	}

	/** The number of requests a behaviour is for, null for all. */
	static @Nullable Long requests(JsonNode body) {
		return body.has("requests") ? Long.valueOf(number(body, "requests")) : null;
	}

	private static String name(JsonNode body) {
		if (!body.isObject()) {
			throw new IllegalArgumentException(
					"The body is %s, expected an object with \"behaviour\"".formatted(body.getNodeType()));
		}
		return text(body, "behaviour");
	}

	private static Behaviour only(JsonNode body, Behaviour behaviour, String... fields) {
		Set<String> known = Set.of(fields);
		for (String field : body.propertyNames()) {
			if (!known.contains(field) && !field.equals("behaviour") && !field.equals("requests")) {
				throw new IllegalArgumentException("The field '%s' is not one of behaviour '%s', expected %s"
					.formatted(field, name(body), List.of(fields)));
			}
		}
		return behaviour;
	}

	private static String text(JsonNode body, String field) {
		JsonNode value = body.path(field);
		if (!value.isString()) {
			throw new IllegalArgumentException("%s is %s, expected text".formatted(field, value));
		}
		return value.stringValue();
	}

	private static long number(JsonNode body, String field) {
		JsonNode value = body.path(field);
		if (!value.isIntegralNumber() || !value.canConvertToInt()) {
			throw new IllegalArgumentException("%s is %s, expected a whole number".formatted(field, value));
		}
		return value.intValue();
	}

	private static @Nullable Duration retryAfter(JsonNode body) {
		return body.has("retry_after_seconds") ? Duration.ofSeconds(number(body, "retry_after_seconds")) : null;
	}

	private static Instant since(JsonNode body, Instant now) {
		if (!body.has("since")) {
			return now;
		}
		try {
			return Instant.parse(text(body, "since"));
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"since is %s, expected a time like 2026-11-20T12:00:00Z".formatted(body.path("since")), ex);
		}
	}

	static ObjectNode write(ProgrammedBehaviour programmed) {
		ObjectNode node = json.createObjectNode();
		node.put("provider", programmed.scope().provider().wireName());
		putIfThere(node, "application", programmed.scope().application());
		putIfThere(node, "token", programmed.scope().token());
		write(programmed.behaviour(), node);
		if (programmed.remaining() != null) {
			node.put("requests", programmed.remaining());
		}
		return node;
	}

	private static void putIfThere(ObjectNode node, String name, @Nullable String value) {
		if (value != null) {
			node.put(name, value);
		}
	}

	private static void write(Behaviour behaviour, ObjectNode node) {
		switch (behaviour) {
			case Behaviour.Accept ignored -> node.put("behaviour", "accept");
			case Behaviour.Slow slow -> node.put("behaviour", "slow").put("delay_ms", slow.delay().toMillis());
			case Behaviour.Hang ignored -> node.put("behaviour", "hang");
			case Behaviour.DropConnection ignored -> node.put("behaviour", "drop_connection");
			case Behaviour.GoAway ignored -> node.put("behaviour", "go_away");
			case Behaviour.Unregistered dead ->
				node.put("behaviour", "unregistered").put("since", dead.since().toString());
			case Behaviour.BadDeviceToken ignored -> node.put("behaviour", "bad_device_token");
			case Behaviour.SenderIdMismatch ignored -> node.put("behaviour", "sender_id_mismatch");
			case Behaviour.BadCredentials ignored -> node.put("behaviour", "bad_credentials");
			case Behaviour.Throttle throttle -> putRetryAfter(node.put("behaviour", "throttle"), throttle.retryAfter());
			case Behaviour.ServerError failure -> putRetryAfter(
					node.put("behaviour", "server_error").put("status", failure.status()), failure.retryAfter());
			case Behaviour.Refuse refuse -> node.put("behaviour", "refuse").put("reason", refuse.reason());
		}
	}

	private static void putRetryAfter(ObjectNode node, @Nullable Duration retryAfter) {
		if (retryAfter != null) {
			node.put("retry_after_seconds", retryAfter.toSeconds());
		}
	}

}
