package dev.herald.api.intake;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /notification}, as it came: {@link #toOrder} says what each
 * field must be.
 */
record NotificationRequest(@Nullable String title, @Nullable String message,
		@Schema(types = "object") @Nullable Payload payload,
		@Schema(minimum = "0", maximum = "" + PushJob.MAX_TTL_SECONDS) @Nullable Integer ttlSeconds,
		@Nullable PushPriority priority,
		@Schema(minLength = 1, maxLength = PushJob.MAX_COLLAPSE_KEY_BYTES) @Nullable String collapseKey,
		@Schema(minimum = "0") @Nullable Integer badge,
		@Schema(minLength = 1, maxLength = NotificationRequest.MAX_SOUND_LENGTH) @Nullable String sound,
		@Schema(format = "uri", maxLength = NotificationRequest.MAX_IMAGE_LENGTH) @Nullable String image) {

	/**
	 * A day: a phone that was off overnight or on a flight still shows the push, and a
	 * week-old "your driver is here" never appears. The providers' own defaults are four
	 * weeks, which suits news, and who sends those can say so.
	 */
	static final Duration DEFAULT_TTL = Duration.ofDays(1);

	static final int MAX_SOUND_LENGTH = 128;

	static final int MAX_IMAGE_LENGTH = 1024;

	/**
	 * The order that this request gives.
	 * @throws InvalidFieldException if a field holds what it must not
	 */
	NotificationOrder toOrder(DeviceQuery recipient) {
		if (isBlank(title) && isBlank(message)) {
			throw new InvalidFieldException("title", "title or message must be given and not blank");
		}
		PushContent content = new PushContent(text("title", title), text("message", message),
				Objects.requireNonNullElse(payload, Payload.EMPTY), validBadge(), validSound(), validImage());
		return new NotificationOrder(recipient, content, Objects.requireNonNullElse(priority, PushPriority.HIGH),
				validCollapseKey(), ttl());
	}

	private static boolean isBlank(@Nullable String text) {
		return text == null || text.isBlank();
	}

	private static String text(String field, @Nullable String text) {
		return text == null ? "" : unicode(field, text);
	}

	/** JSON can spell half a character; neither provider nor database can keep one. */
	private static String unicode(String field, String text) {
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
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

	/** APNs takes it as a header, which holds visible ASCII. */
	private @Nullable String validCollapseKey() {
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

	private Duration ttl() {
		if (ttlSeconds == null) {
			return DEFAULT_TTL;
		}
		if (ttlSeconds < 0 || ttlSeconds > PushJob.MAX_TTL_SECONDS) {
			throw new InvalidFieldException("ttl_seconds",
					"ttl_seconds must be 0 to %d, but was %d".formatted(PushJob.MAX_TTL_SECONDS, ttlSeconds));
		}
		return Duration.ofSeconds(ttlSeconds);
	}

}
