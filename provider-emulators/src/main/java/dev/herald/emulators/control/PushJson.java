package dev.herald.emulators.control;

import java.util.List;

import dev.herald.emulators.pushes.PushCounts;
import dev.herald.emulators.pushes.ReceivedPush;
import dev.herald.emulators.pushes.RepeatedPush;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The record of pushes as JSON. */
final class PushJson {

	private static final JsonMapper json = JsonMapper.shared();

	private PushJson() {
	}

	static ArrayNode pushes(List<ReceivedPush> pushes) {
		ArrayNode nodes = json.createArrayNode();
		pushes.forEach((push) -> nodes.add(push(push)));
		return nodes;
	}

	private static ObjectNode push(ReceivedPush push) {
		ObjectNode node = json.createObjectNode()
			.put("sequence", push.sequence())
			.put("received_at", push.receivedAt().toString())
			.put("provider", push.provider().wireName())
			.put("application", push.application())
			.put("token", push.token())
			.put("status", push.status())
			.put("outcome", push.outcome())
			.put("title", push.title())
			.put("body", push.body())
			.put("message_id", push.messageId())
			.put("collapse_key", push.collapseKey())
			.put("notification_id", push.notificationId());
		node.set("headers", json.valueToTree(push.headers()));
		node.set("payload", payload(push.payload()));
		return node;
	}

	/** As JSON where it is JSON, which a refused one need not be. */
	private static JsonNode payload(String payload) {
		try {
			return json.readTree(payload);
		}
		catch (JacksonException ex) {
			return StringNode.valueOf(payload);
		}
	}

	static ArrayNode counts(List<PushCounts> counts) {
		ArrayNode nodes = json.createArrayNode();
		for (PushCounts count : counts) {
			ObjectNode node = nodes.addObject()
				.put("provider", count.provider().wireName())
				.put("application", count.application())
				.put("received", count.received())
				.put("accepted", count.accepted())
				.put("repeated", count.repeated());
			node.set("outcomes", json.valueToTree(count.outcomes()));
		}
		return nodes;
	}

	static ArrayNode repeated(List<RepeatedPush> repeated) {
		ArrayNode nodes = json.createArrayNode();
		repeated.forEach((push) -> nodes.addObject()
			.put("provider", push.provider().wireName())
			.put("application", push.application())
			.put("token", push.token())
			.put("id", push.id())
			.put("times", push.times()));
		return nodes;
	}

}
