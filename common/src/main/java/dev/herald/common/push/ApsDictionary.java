package dev.herald.common.push;

import dev.herald.common.json.HeraldJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * What APNs reads of a push, and iOS shows: the value of {@code aps} (Apple,
 * <em>Generating a remote notification</em>).
 */
public final class ApsDictionary {

	/** The name it stands under. */
	public static final String NAME = "aps";

	private ApsDictionary() {
	}

	/** The dictionary of this content, the caller's own. */
	public static ObjectNode of(PushContent content) {
		ObjectNode aps = HeraldJson.mapper().createObjectNode();
		ObjectNode alert = aps.putObject("alert");
		if (!content.title().isEmpty()) {
			alert.put("title", content.title());
		}
		alert.put("body", content.message());
		if (content.badge() != null) {
			aps.put("badge", content.badge());
		}
		if (content.sound() != null) {
			aps.put("sound", content.sound());
		}
		if (content.image() != null) {
			aps.put("mutable-content", 1);
		}
		return aps;
	}

}
