package dev.herald.emulators.pushes;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One push request as it arrived at an emulator, and how the emulator answered.
 *
 * @param sequence counts up by one for each arrival, over both providers, from 1
 * @param receivedAt when the whole request had arrived
 * @param provider the provider it was sent to
 * @param application the application it was for, or {@code unknown} where the request did
 * not say
 * @param token the device token, empty where the request was refused before it was read
 * @param status the HTTP status of the answer, 0 if the request was never answered
 * @param outcome {@code accepted}, or the provider's own name of the refusal
 * ({@code UNREGISTERED}, {@code BadDeviceToken}), or {@code hang},
 * {@code drop_connection}, {@code go_away}
 * @param title the title a person would see
 * @param body the text a person would see
 * @param messageId FCM: the name given to the message; APNs: the {@code apns-id}
 * @param collapseKey FCM: {@code android.collapse_key}; APNs: {@code apns-collapse-id}
 * @param notificationId the value of the payload's own key {@code notification_id}
 * @param headers APNs: the {@code apns-…} headers of the request; FCM: empty
 * @param payload the request body, as it came
 */
public record ReceivedPush(long sequence, Instant receivedAt, Provider provider, String application, String token,
		int status, String outcome, @Nullable String title, @Nullable String body, @Nullable String messageId,
		@Nullable String collapseKey, @Nullable String notificationId, Map<String, String> headers, String payload) {

	/** The outcome of a push that the provider accepted. */
	public static final String ACCEPTED = "accepted";

	/** The application of a request that named none the emulators know. */
	public static final String UNKNOWN_APPLICATION = "unknown";

	/** Whether the provider took the push on; says nothing about a phone. */
	public boolean accepted() {
		return this.outcome.equals(ACCEPTED);
	}

}
