package dev.herald.emulators.pushes;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A push request that has arrived and is not answered yet. The components are those of
 * {@link ReceivedPush}.
 */
public record Arrival(Provider provider, String application, String token, @Nullable String title,
		@Nullable String body, @Nullable String messageId, @Nullable String collapseKey,
		@Nullable String notificationId, Map<String, String> headers, String payload) {

	/** A request of which no more is known than where it wanted to go. */
	public static Arrival unread(Provider provider, @Nullable String application, String token) {
		return new Arrival(provider, (application != null) ? application : ReceivedPush.UNKNOWN_APPLICATION, token,
				null, null, null, null, null, Map.of(), "");
	}

}
