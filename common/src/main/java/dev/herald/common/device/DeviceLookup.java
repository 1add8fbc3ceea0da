package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Many {@link DeviceQuery device queries} in one round trip: the body of
 * {@code POST /internal/devices/lookup}, answered with {@link Found}.
 *
 * @param queries 1 to {@value #MAX_QUERIES}
 */
public record DeviceLookup(List<DeviceQuery> queries) {

	/** The most queries that the token store takes at once. */
	public static final int MAX_QUERIES = 500;

	/**
	 * @throws NullPointerException if the queries are missing
	 * @throws IllegalArgumentException if there is no query, or more than
	 * {@value #MAX_QUERIES}
	 */
	public DeviceLookup {
		requireNonNull(queries, "queries is missing");
		queries = List.copyOf(queries);
		if (queries.isEmpty() || queries.size() > MAX_QUERIES) {
			throw new IllegalArgumentException(
					"queries must be 1 to %d, but were %d".formatted(MAX_QUERIES, queries.size()));
		}
	}

	/**
	 * The answer.
	 *
	 * @param devices for each query, in the order of the queries, the devices found:
	 * empty for a user without devices, oldest registration first
	 */
	public record Found(List<List<Device>> devices) {

		/**
		 * @throws NullPointerException if the devices are missing
		 */
		public Found {
			requireNonNull(devices, "devices is missing");
			devices = devices.stream().map(List::copyOf).toList();
		}

	}

}
