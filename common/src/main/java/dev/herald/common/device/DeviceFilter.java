package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a campaign is for. An empty list is no condition.
 *
 * @param locales language ranges (RFC 4647, basic filtering): {@code de} means every
 * German, {@code de-AT} the Austrian one; empty for every locale
 * @param appVersions versions of the application, compared as text; empty for every
 * version
 * @param activeSince devices seen at this moment or later, or null for all
 */
public record DeviceFilter(List<String> locales, List<String> appVersions, @Nullable Instant activeSince) {

	/** Everybody. */
	public static final DeviceFilter NONE = new DeviceFilter(List.of(), List.of(), null);

	/** The most locales, and the most versions. */
	public static final int MAX_VALUES = 50;

	/**
	 * @throws NullPointerException if a list is missing, naming it
	 * @throws IllegalArgumentException if there are more than {@value #MAX_VALUES}
	 * locales or versions
	 */
	public DeviceFilter {
		locales = bounded("locales", locales);
		appVersions = bounded("app_versions", appVersions);
	}

	private static List<String> bounded(String name, List<String> values) {
		requireNonNull(values, name + " is missing");
		if (values.size() > MAX_VALUES) {
			throw new IllegalArgumentException(
					"%s must be %d at most, but were %d".formatted(name, MAX_VALUES, values.size()));
		}
		return List.copyOf(values);
	}

}
