package dev.herald.worker.fcm;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.worker.push.AppPayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts a job into FCM's terms (Firebase, <em>REST Resource: projects.messages</em>).
 * Pure.
 */
final class FcmMessageMapper {

	/** Firebase, <em>Set the lifespan of a message</em>: 28 days at most. */
	private static final Duration MAX_TTL = Duration.ofDays(28);

	/**
	 * Firebase, <em>projects.messages, data</em>: "The key should not be a reserved word
	 * ("from", "message_type", or any word starting with "google." or
	 * "gcm.notification.")"
	 */
	private static final Set<String> RESERVED = Set.of("from", "message_type", "collapse_key");

	private FcmMessageMapper() {
	}

	/**
	 * The push of a job.
	 * @param now the moment that the time to live counts from
	 */
	static FcmPush map(PushJob job, Instant now) {
		Map<String, String> data = data(job);
		Message message = message(job, data, now);
		return new FcmPush(message, shownBytes(job.content()) + dataBytes(data));
	}

	// The SDK now prefers installation ids; what devices register is still the token.
	@SuppressWarnings("deprecation")
	private static Message message(PushJob job, Map<String, String> data, Instant now) {
		return Message.builder()
			.setToken(job.device().token().value())
			.setNotification(notification(job.content()))
			.setAndroidConfig(android(job, now))
			.putAllData(data)
			.build();
	}

	private static Notification notification(PushContent content) {
		return Notification.builder()
			.setTitle(emptyToNull(content.title()))
			.setBody(emptyToNull(content.message()))
			.setImage(image(content))
			.build();
	}

	private static AndroidConfig android(PushJob job, Instant now) {
		AndroidConfig.Builder android = AndroidConfig.builder().setPriority(switch (job.priority()) {
			case HIGH -> AndroidConfig.Priority.HIGH;
			case NORMAL -> AndroidConfig.Priority.NORMAL;
		}).setTtl(timeToLive(job, now).toMillis()).setNotification(shownOnAndroid(job));
		// None by default: FCM stores four collapse keys a device and throttles
		// collapsible messages.
		return job.collapseKey() == null ? android.build() : android.setCollapseKey(job.collapseKey()).build();
	}

	private static AndroidNotification shownOnAndroid(PushJob job) {
		AndroidNotification.Builder shown = AndroidNotification.builder()
			// A second copy of the same notification replaces the first in the drawer.
			.setTag(job.collapseKey() == null ? AppPayload.notificationId(job) : job.collapseKey());
		if (job.content().sound() != null) {
			shown.setSound(job.content().sound());
		}
		if (job.content().badge() != null) {
			shown.setNotificationCount(job.content().badge());
		}
		return shown.build();
	}

	private static Duration timeToLive(PushJob job, Instant now) {
		Duration left = Duration.between(now, job.expiresAt());
		if (left.isNegative()) {
			return Duration.ZERO;
		}
		return left.compareTo(MAX_TTL) > 0 ? MAX_TTL : Duration.ofSeconds(left.toSeconds());
	}

	/** FCM's data is strings only: what else there is travels as JSON text. */
	private static Map<String, String> data(PushJob job) {
		Map<String, String> data = new LinkedHashMap<>();
		AppPayload.parts(job, FcmMessageMapper::isReserved).forEach((name, value) -> data.put(name, text(value)));
		data.put(AppPayload.NOTIFICATION_ID, AppPayload.notificationId(job));
		return data;
	}

	private static String text(JsonNode value) {
		return value.isString() ? value.stringValue() : value.toString();
	}

	private static boolean isReserved(String name) {
		return RESERVED.contains(name) || name.startsWith("google.") || name.startsWith("gcm.");
	}

	private static int dataBytes(Map<String, String> data) {
		return data.entrySet().stream().mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue())).sum();
	}

	private static int shownBytes(PushContent content) {
		return bytes(content.title()) + bytes(content.message()) + bytes(image(content));
	}

	private static @Nullable String image(PushContent content) {
		return content.image() == null ? null : content.image().toString();
	}

	private static int bytes(@Nullable String text) {
		return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static @Nullable String emptyToNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
