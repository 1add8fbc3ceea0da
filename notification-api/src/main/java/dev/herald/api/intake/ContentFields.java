package dev.herald.api.intake;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.UnicodeText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of what is to be shown, as it came; each method says what its field
 * must be.
 */
public record ContentFields(@Nullable String title, @Nullable String message, @Nullable Payload payload,
		@Nullable Integer badge, @Nullable String sound, @Nullable String image, @Nullable String collapseKey,
		@Nullable Integer ttlSeconds) {

	/**
	 * A day: a phone that was off overnight or on a flight still shows the push, and a
	 * week-old "your driver is here" never appears. The providers' own defaults are four
	 * weeks, which suits news, and who sends those can say so.
	 */
	public static final Duration DEFAULT_TTL = Duration.ofDays(1);

	/** Firebase, <em>Set and manage message priority and TTL</em>: 28 days. */
	public static final int MAX_TTL_SECONDS = 2_419_200;

	/** The longest name of a sound. */
	public static final int MAX_SOUND_LENGTH = 128;

	/** The longest address of an image. */
	public static final int MAX_IMAGE_LENGTH = 1024;

	/**
	 * What is to be shown.
	 * @throws InvalidFieldException if a field holds what it must not
	 */
	public PushContent content() {
		if (isBlank(title) && isBlank(message)) {
			throw new InvalidFieldException("title", "title or message must be given and not blank");
		}
		return new PushContent(text("title", title), text("message", message),
				Objects.requireNonNullElse(payload, Payload.EMPTY), validBadge(), validSound(), validImage());
	}

	private static boolean isBlank(@Nullable String text) {
		return text == null || text.isBlank();
	}

	private static String text(String field, @Nullable String text) {
		return text == null ? "" : unicode(field, text);
	}

	/** JSON can spell half a character; neither provider nor database can keep one. */
	private static String unicode(String field, String text) {
		if (!UnicodeText.isWellFormed(text)) {
			throw new InvalidFieldException(field, field + " must be Unicode text, but holds half a surrogate pair");
		}
		return text;
	}

	private @Nullable Integer validBadge() {
		if (badge != null && badge < 0) {
			throw new InvalidFieldException("badge", "badge must be 0 or more, but was " + badge);
		}
		return badge;
	}

	private @Nullable String validSound() {
		if (sound != null && (sound.isBlank() || sound.length() > MAX_SOUND_LENGTH)) {
			throw new InvalidFieldException("sound",
					"sound must be 1 to %d characters, but has %d".formatted(MAX_SOUND_LENGTH, sound.length()));
		}
		return sound == null ? null : unicode("sound", sound);
	}

	private @Nullable URI validImage() {
		if (image == null) {
			return null;
		}
		if (image.length() > MAX_IMAGE_LENGTH) {
			throw new InvalidFieldException("image",
					"image must have at most %d characters, but has %d".formatted(MAX_IMAGE_LENGTH, image.length()));
		}
		try {
			URI uri = new URI(image);
			if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			throw notAnImage(image);
		}
		throw notAnImage(image);
	}

	private static InvalidFieldException notAnImage(String image) {
		return new InvalidFieldException("image", "image must be an https URL, but was \"%s\"".formatted(image));
	}

	/**
	 * The collapse key, if there is one. APNs takes it as a header, which holds visible
	 * ASCII.
	 * @throws InvalidFieldException if it holds anything else
	 */
	public @Nullable String validCollapseKey() {
		if (collapseKey == null) {
			return null;
		}
		if (collapseKey.isEmpty() || collapseKey.length() > PushJob.MAX_COLLAPSE_KEY_BYTES
				|| !collapseKey.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
			throw new InvalidFieldException("collapse_key",
					"collapse_key must be 1 to %d visible ASCII characters without spaces, but has %d characters"
						.formatted(PushJob.MAX_COLLAPSE_KEY_BYTES, collapseKey.length()));
		}
		return collapseKey;
	}

	/**
	 * How long it is worth showing.
	 * @throws InvalidFieldException if it is shorter than the shortest, or too long
	 */
	public Duration ttl(Duration shortest) {
		if (ttlSeconds == null) {
			return DEFAULT_TTL;
		}
		if (ttlSeconds < shortest.toSeconds() || ttlSeconds > PushJob.MAX_TTL_SECONDS) {
			throw new InvalidFieldException("ttl_seconds", "ttl_seconds must be %d to %d, but was %d"
				.formatted(shortest.toSeconds(), PushJob.MAX_TTL_SECONDS, ttlSeconds));
		}
		return Duration.ofSeconds(ttlSeconds);
	}

}
