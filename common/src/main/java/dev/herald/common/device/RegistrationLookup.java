package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.RegistrationId;
import java.util.List;

/**
 * Asks which of these registrations have not ended: the body of
 * {@code POST /internal/devices/registrations}, answered with {@link Found}.
 *
 * @param registrationIds 1 to {@value #MAX_REGISTRATIONS}
 */
public record RegistrationLookup(List<RegistrationId> registrationIds) {

	/** The most registrations that the token store takes at once. */
	public static final int MAX_REGISTRATIONS = 500;

	/**
	 * @throws NullPointerException if the registrations are missing
	 * @throws IllegalArgumentException if there is no registration, or more than
	 * {@value #MAX_REGISTRATIONS}
	 */
	public RegistrationLookup {
		requireNonNull(registrationIds, "registration_ids is missing");
		registrationIds = List.copyOf(registrationIds);
		if (registrationIds.isEmpty() || registrationIds.size() > MAX_REGISTRATIONS) {
			throw new IllegalArgumentException("registration_ids must be 1 to %d, but were %d"
				.formatted(MAX_REGISTRATIONS, registrationIds.size()));
		}
	}

	/**
	 * The answer.
	 *
	 * @param devices the devices that are registered under one of the ids, each once and
	 * with the token it has now, in no particular order; an id without a device is a
	 * login that is over
	 */
	public record Found(List<Device> devices) {

		/**
		 * @throws NullPointerException if the devices are missing
		 */
		public Found {
			requireNonNull(devices, "devices is missing");
			devices = List.copyOf(devices);
		}

	}

}
