package dev.herald.emulators.apns;

import java.util.Arrays;
import java.util.Optional;

/**
 * The values of {@code apns-push-type}, each with what it appends to the bundle id for
 * its topic and how large its payload may be (Apple's page <em>Sending notification
 * requests to APNs</em>).
 */
enum PushType {

	ALERT("alert", ""), BACKGROUND("background", ""), CONTROLS("controls", ""), LOCATION("location", ".location-query"),
	VOIP("voip", ".voip"), COMPLICATION("complication", ".complication"),
	FILE_PROVIDER("fileprovider", ".pushkit.fileprovider"), MDM("mdm", ""),
	LIVE_ACTIVITY("liveactivity", ".push-type.liveactivity"), PUSH_TO_TALK("pushtotalk", ".voip-ptt"),
	WIDGETS("widgets", ".push-type.widgets");

	private final String wireName;

	private final String topicSuffix;

	PushType(String wireName, String topicSuffix) {
		this.wireName = wireName;
		this.topicSuffix = topicSuffix;
	}

	static Optional<PushType> named(String wireName) {
		return Arrays.stream(values()).filter((type) -> type.wireName.equals(wireName)).findFirst();
	}

	String topicOf(String application) {
		return application + this.topicSuffix;
	}

	int maxPayload() {
		return (this == VOIP) ? 5120 : 4096;
	}

}
