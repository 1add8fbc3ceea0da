package dev.herald.common.push;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What the user is to see and the app is to get.
 *
 * @param title the first line shown
 * @param message the text shown
 * @param payload the caller's data for the app
 * @param badge the number on the app's icon, where the platform has one; 0 removes it
 * @param sound the name of a sound in the app, or {@code default}
 * @param image a picture the platform fetches and shows
 */
@JsonDeserialize(using = PushContentReader.class)
public record PushContent(String title, String message, Payload payload, @Nullable Integer badge,
		@Nullable String sound, @Nullable URI image) {

	/**
	 * @throws NullPointerException if title, message or payload is missing, naming it
	 * @throws IllegalArgumentException if title or message holds half of a surrogate pair
	 */
	public PushContent {
		requireNonNull(title, "title is missing");
		requireNonNull(message, "message is missing");
		requireNonNull(payload, "payload is missing");
		requireWellFormed("title", title);
		requireWellFormed("message", message);
	}

	/** Content of a title, a message and a payload alone. */
	public static PushContent of(String title, String message, Payload payload) {
		return new PushContent(title, message, payload, null, null, null);
	}

	private static void requireWellFormed(String name, String text) {
		if (!UnicodeText.isWellFormed(text)) {
			throw new IllegalArgumentException(name + " must be Unicode text, but holds half of a surrogate pair");
		}
	}

}
