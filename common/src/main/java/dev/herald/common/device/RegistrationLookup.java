package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.RegistrationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks which of these registrations have not ended: the body of
 * {@code POST /internal/devices/registrations}, answered with {@link Found}. Whoever says
 * what it knows of a device is told it again only if it has changed: of thousands of jobs
 * that waited, hardly one's has.
 *
 * @param registrationIds 1 to {@value #MAX_REGISTRATIONS}
 * @param versions for each of them, in their order, the {@link Device#version()} that the
 * asker knows, or null if all devices are to be told; of an id that comes twice the last
 * one counts
 */
public record RegistrationLookup(List<RegistrationId> registrationIds, @Nullable List<Long> versions) {

	/** The most registrations that the token store takes at once. */
	public static final int MAX_REGISTRATIONS = 500;

	/**
	 * @throws NullPointerException if the registrations are missing
	 * @throws IllegalArgumentException if there is no registration, or more than
	 * {@value #MAX_REGISTRATIONS}, or there are not as many versions
	 */
	public RegistrationLookup {
		requireNonNull(registrationIds, "registration_ids is missing");
		registrationIds = List.copyOf(registrationIds);
		if (registrationIds.isEmpty() || registrationIds.size() > MAX_REGISTRATIONS) {
			throw new IllegalArgumentException("registration_ids must be 1 to %d, but were %d"
				.formatted(MAX_REGISTRATIONS, registrationIds.size()));
		}
		if (versions != null) {
			versions = List.copyOf(versions);
			if (versions.size() != registrationIds.size()) {
				throw new IllegalArgumentException("versions must be one for each of %d registration_ids, but were %d"
					.formatted(registrationIds.size(), versions.size()));
			}
		}
	}

	/** Asks for what has become of devices, each of another registration. */
	public static RegistrationLookup of(Collection<Device> known) {
		return new RegistrationLookup(known.stream().map(Device::registrationId).toList(),
				known.stream().map(Device::version).toList());
	}

	/**
	 * The answer to this.
	 * @param registered the devices that are registered under one of the ids
	 */
	public Found answer(List<Device> registered) {
		Map<RegistrationId, Long> known = known();
		List<Device> devices = new ArrayList<>();
		List<RegistrationId> unchanged = new ArrayList<>();
		for (Device device : registered) {
			if (Objects.equals(known.get(device.registrationId()), device.version())) {
				unchanged.add(device.registrationId());
			}
			else {
				devices.add(device);
			}
		}
		return new Found(devices, unchanged);
	}

	private Map<RegistrationId, Long> known() {
		if (versions == null) {
			return Map.of();
		}
		Map<RegistrationId, Long> known = new HashMap<>();
		for (int i = 0; i < versions.size(); i++) {
			known.put(registrationIds.get(i), versions.get(i));
		}
		return known;
	}

	/**
	 * The answer: each registration that has not ended is in one of the lists, once and
	 * in no particular order. An id in neither is a login that is over.
	 *
	 * @param devices the devices that the asker does not know as they are, with the token
	 * each has now
	 * @param unchanged the registrations whose devices the asker knows
	 */
	public record Found(List<Device> devices, List<RegistrationId> unchanged) {

		/**
		 * @param unchanged none if it is missing: a token store of an earlier version
		 * tells all devices
		 * @throws NullPointerException if the devices are missing
		 */
		public Found(List<Device> devices, @Nullable List<RegistrationId> unchanged) {
			this.devices = List.copyOf(requireNonNull(devices, "devices is missing"));
			this.unchanged = unchanged == null ? List.of() : List.copyOf(unchanged);
		}

	}

}
