package dev.herald.worker.push;

import dev.herald.common.identity.NotificationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.ApnsPayload;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the app gets beside what is shown: the caller's payload and, under
 * {@value #NOTIFICATION_ID}, which notification it was. Names that the provider or Herald
 * uses itself reach the app as {@code payload.<name>}, so that nothing of the caller's is
 * lost and no push is refused for a name.
 */
public final class AppPayload {

	/** The name under which the app finds the notification's id. */
	public static final String NOTIFICATION_ID = ApnsPayload.NOTIFICATION_ID;

	private static final String MOVED = "payload.";

	private AppPayload() {
	}

	/**
	 * The parts of the payload, in the caller's order, under the names they travel by;
	 * without Herald's own.
	 * @param reserved whether a name is taken
	 */
	public static Map<String, JsonNode> parts(PushJob job, Predicate<String> reserved) {
		Map<String, JsonNode> parts = new LinkedHashMap<>();
		job.content().payload().toTree().forEachEntry((name, value) -> {
			boolean taken = NOTIFICATION_ID.equals(name) || reserved.test(name);
			parts.put(taken ? MOVED + name : name, value);
		});
		return parts;
	}

	/**
	 * The same as the fields of a JSON object without its braces: the caller's text as it
	 * is where none of these names stands in it, as in nearly every push, since it then
	 * need not be parsed and written again.
	 * @param reserved the names that are taken
	 */
	public static String fields(PushJob job, Set<String> reserved) {
		Payload payload = job.content().payload();
		if (!mayName(payload, NOTIFICATION_ID) && reserved.stream().noneMatch(name -> mayName(payload, name))) {
			return payload.fields();
		}
		ObjectNode moved = HeraldJson.mapper().createObjectNode();
		parts(job, reserved::contains).forEach(moved::set);
		return Payload.of(moved).fields();
	}

	/** Also true where the name stands within a part. */
	private static boolean mayName(Payload payload, String name) {
		return payload.json().contains('"' + name + "\":");
	}

	/** The value under {@value #NOTIFICATION_ID}. */
	public static String notificationId(PushJob job) {
		NotificationId id = job.notificationId();
		return id.toString();
	}

}
