package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;

/**
 * Asks for one page of the devices of an application and provider: the body of
 * {@code POST /internal/devices/page}, answered with {@link DevicePage}.
 *
 * @param after the last registration before the page, 0 to begin
 * @param upTo the last registration that may be in it
 * @param limit the most devices in the page, 1 to {@value #MAX_LIMIT}
 */
public record DevicePageQuery(ApplicationId applicationId, Provider provider, long after, long upTo, int limit,
		DeviceFilter filter) {

	/** The most devices in one page. */
	public static final int MAX_LIMIT = 1000;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if a number is out of its bounds
	 */
	public DevicePageQuery {
		requireNonNull(applicationId, "application_id is missing");
		requireNonNull(provider, "provider is missing");
		requireNonNull(filter, "filter is missing");
		if (after < 0 || upTo < 0) {
			throw new IllegalArgumentException(
					"after and up_to must be 0 or more, but were %d and %d".formatted(after, upTo));
		}
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit must be 1 to %d, but was %d".formatted(MAX_LIMIT, limit));
		}
	}

	/** The same for no more devices than this. */
	public DevicePageQuery withLimit(int most) {
		return most >= limit ? this : new DevicePageQuery(applicationId, provider, after, upTo, most, filter);
	}

}
