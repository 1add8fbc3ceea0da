package dev.herald.worker.fcm;

import com.google.firebase.messaging.Message;
import dev.herald.common.push.ProviderMessageSize;

/**
 * A push in FCM's terms.
 *
 * @param payloadBytes what counts against FCM's limit: names and values of the data, and
 * what is shown, in UTF-8
 */
record FcmPush(Message message, int payloadBytes) {

	boolean isTooLarge() {
		return payloadBytes > ProviderMessageSize.LIMIT;
	}

}
