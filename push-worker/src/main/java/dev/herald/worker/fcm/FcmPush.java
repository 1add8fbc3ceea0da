package dev.herald.worker.fcm;

import com.google.firebase.messaging.Message;

/**
 * A push in FCM's terms.
 *
 * @param payloadBytes what counts against FCM's limit: names and values of the data, and
 * what is shown, in UTF-8
 */
record FcmPush(Message message, int payloadBytes) {

	/** Firebase, <em>About FCM messages</em>: "Maximum payload … is 4096 bytes". */
	static final int MAX_PAYLOAD_BYTES = 4096;

	boolean isTooLarge() {
		return payloadBytes > MAX_PAYLOAD_BYTES;
	}

}
