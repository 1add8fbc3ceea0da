package dev.herald.api.campaign;

import dev.herald.api.intake.ContentFields;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.DeviceFilter;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /broadcast}, as it came: {@link #toOrder} says what each field
 * must be.
 *
 * @param applicationIds the applications, or {@code *} alone for all of them
 */
record BroadcastRequest(@Nullable List<@Nullable String> applicationIds, @Nullable String title,
		@Nullable String message, @Schema(types = "object") @Nullable Payload payload,
		@Schema(minimum = "60", maximum = "2419200") @Nullable Integer ttlSeconds, @Nullable PushPriority priority,
		@Schema(minLength = 1, maxLength = PushJob.MAX_COLLAPSE_KEY_BYTES) @Nullable String collapseKey,
		@Schema(minimum = "0") @Nullable Integer badge,
		@Schema(minLength = 1, maxLength = ContentFields.MAX_SOUND_LENGTH) @Nullable String sound,
		@Schema(format = "uri", maxLength = ContentFields.MAX_IMAGE_LENGTH) @Nullable String image,
		@Nullable Filter filter, @Schema(minimum = "1", maximum = "1000000") @Nullable Integer ratePerSecond,
		@Schema(minimum = "0", maximum = "86400") @Nullable Integer rampUpSeconds,
		@Schema(format = "date-time") @Nullable String startsAt) {

	static final String EVERY_APPLICATION = "*";

	/** In less, a broadcast would expire before most of it is sent. */
	private static final Duration SHORTEST_TTL = Duration.ofSeconds(60);

	private static final int MAX_APPLICATIONS = 100;

	private static final int MAX_RATE = 1_000_000;

	private static final int MAX_RAMP_UP = 86_400;

	private static final int MAX_DAYS = 3650;

	private static final int MAX_VERSION_LENGTH = 64;

	/** RFC 4647, section 2.1. */
	private static final Pattern LANGUAGE_RANGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}");

	/**
	 * Which of the devices, as it came.
	 */
	@Schema(name = "BroadcastFilter")
	record Filter(@Nullable List<@Nullable Provider> providers,
			@Schema(description = "Language ranges: de means every German") @Nullable List<@Nullable String> locales,
			@Nullable List<@Nullable String> appVersions,
			@Schema(minimum = "1", maximum = "3650") @Nullable Integer activeWithinDays) {

		CampaignFilter valid() {
			if (activeWithinDays != null) {
				requireWithin("filter.active_within_days", activeWithinDays, 1, MAX_DAYS);
			}
			return new CampaignFilter(list("filter.providers", providers, provider -> true, "fcm or apns"),
					list("filter.locales", locales, range -> LANGUAGE_RANGE.matcher(range).matches(),
							"a language range such as de or en-GB"),
					list("filter.app_versions", appVersions,
							version -> !version.isBlank() && version.length() <= MAX_VERSION_LENGTH,
							"1 to %d characters".formatted(MAX_VERSION_LENGTH)),
					activeWithinDays);
		}

	}

	/**
	 * The order that this request gives.
	 * @throws InvalidFieldException if a field holds what it must not
	 */
	BroadcastOrder toOrder(Instant now) {
		ContentFields fields = new ContentFields(title, message, payload, badge, sound, image, collapseKey, ttlSeconds);
		if (ratePerSecond != null) {
			requireWithin("rate_per_second", ratePerSecond, 1, MAX_RATE);
		}
		if (rampUpSeconds != null) {
			requireWithin("ramp_up_seconds", rampUpSeconds, 0, MAX_RAMP_UP);
		}
		return new BroadcastOrder(applications(), fields.content(),
				Objects.requireNonNullElse(priority, PushPriority.NORMAL), fields.validCollapseKey(),
				fields.ttl(SHORTEST_TTL), filter == null ? CampaignFilter.NONE : filter.valid(), ratePerSecond,
				rampUpSeconds == null ? null : Duration.ofSeconds(rampUpSeconds), start(now));
	}

	/** Empty for all of them. */
	private List<ApplicationId> applications() {
		if (applicationIds == null || applicationIds.isEmpty() || applicationIds.size() > MAX_APPLICATIONS) {
			throw new InvalidFieldException("application_ids", "application_ids must be 1 to %d, or [\"*\"], but %s"
				.formatted(MAX_APPLICATIONS, applicationIds == null ? "is missing" : "were " + applicationIds.size()));
		}
		if (applicationIds.equals(List.of(EVERY_APPLICATION))) {
			return List.of();
		}
		return applicationIds.stream()
			.map(BroadcastRequest::application)
			.distinct()
			.sorted(Comparator.comparing(ApplicationId::value))
			.toList();
	}

	private static ApplicationId application(@Nullable String id) {
		try {
			return new ApplicationId(Objects.requireNonNullElse(id, ""));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException("application_ids", String.valueOf(ex.getMessage()));
		}
	}

	private @Nullable Instant start(Instant now) {
		if (startsAt == null) {
			return null;
		}
		Instant start = moment(startsAt);
		if (start.isAfter(now.plus(Campaigns.LATEST_START))) {
			throw new InvalidFieldException("starts_at",
					"starts_at must be within %d days, but was %s".formatted(Campaigns.LATEST_START.toDays(), start));
		}
		return start;
	}

	private static Instant moment(String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeException ex) {
			throw new InvalidFieldException("starts_at",
					"starts_at must be a time such as 2026-11-20T18:05:00Z, but was \"%.64s\"".formatted(text));
		}
	}

	private static void requireWithin(String field, int value, int least, int most) {
		if (value < least || value > most) {
			throw new InvalidFieldException(field,
					"%s must be %d to %d, but was %d".formatted(field, least, most, value));
		}
	}

	private static <T> List<T> list(String field, @Nullable List<@Nullable T> values, Predicate<T> valid,
			String expected) {
		List<T> list = new ArrayList<>();
		for (T value : values == null ? List.<@Nullable T>of() : values) {
			if (value == null || !valid.test(value)) {
				throw new InvalidFieldException(field,
						"each of %s must be %s, but one was \"%.64s\"".formatted(field, expected, value));
			}
			list.add(value);
		}
		if (list.size() > DeviceFilter.MAX_VALUES) {
			throw new InvalidFieldException(field,
					"%s must be %d at most, but were %d".formatted(field, DeviceFilter.MAX_VALUES, list.size()));
		}
		return list;
	}

}
