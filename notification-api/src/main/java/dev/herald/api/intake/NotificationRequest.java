package dev.herald.api.intake;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import io.swagger.v3.oas.annotations.media.Schema;
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
		@Schema(minLength = 1, maxLength = ContentFields.MAX_SOUND_LENGTH) @Nullable String sound,
		@Schema(format = "uri", maxLength = ContentFields.MAX_IMAGE_LENGTH) @Nullable String image) {

	/**
	 * The order that this request gives.
	 * @throws InvalidFieldException if a field holds what it must not
	 */
	NotificationOrder toOrder(DeviceQuery recipient) {
		ContentFields fields = new ContentFields(title, message, payload, badge, sound, image, collapseKey, ttlSeconds);
		return new NotificationOrder(recipient, fields.content(),
				Objects.requireNonNullElse(priority, PushPriority.HIGH), fields.validCollapseKey(),
				fields.ttl(Duration.ZERO));
	}

}
