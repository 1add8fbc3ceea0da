package dev.herald.tokenstore.lookup;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.RegistrationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the devices that a push to a user goes to: all of them, or the one registered
 * last where the application wants no more. However many users are asked for, each kind
 * of question is one statement (for the newest device, one for every
 * {@value DeviceSelects#MAX_NEWEST} users). Safe for use by many threads.
 */
final class DeviceFinder {

	private final DeviceSelects selects;

	private final ApplicationsFile applications;

	DeviceFinder(DeviceSelects selects, ApplicationsFile applications) {
		this.selects = selects;
		this.applications = applications;
	}

	/**
	 * Finds many users' devices.
	 * @return for each query, in their order, the devices, oldest registration first
	 */
	List<List<Device>> find(List<DeviceQuery> queries) {
		Applications current = applications.current();
		Map<Reach, List<DeviceQuery>> byReach = queries.stream()
			.distinct()
			.collect(Collectors.groupingBy(query -> reach(query, current)));
		Found found = new Found();
		byReach.forEach((reach, asked) -> select(reach, asked).forEach(device -> found.add(device, reach)));
		return queries.stream()
			.map(query -> query.applicationId() == null ? wanted(found.of(query), current)
					: List.copyOf(found.of(query)))
			.toList();
	}

	/**
	 * Finds the devices that are registered under these ids still, whatever their
	 * application wants: which of them a push goes to was decided before.
	 * @return each once, in no particular order
	 */
	List<Device> registered(List<RegistrationId> ids) {
		return selects.registered(ids.stream().distinct().toList());
	}

	private List<Device> select(Reach reach, List<DeviceQuery> queries) {
		return switch (reach) {
			case APPLICATION -> selects.inApplication(queries);
			case NEWEST_IN_APPLICATION -> selects.newestInApplication(queries);
			case EVERYWHERE -> selects.everywhere(queries);
		};
	}

	private static Reach reach(DeviceQuery query, Applications current) {
		if (query.applicationId() == null) {
			return Reach.EVERYWHERE;
		}
		return isNewestOnly(query.applicationId(), current) ? Reach.NEWEST_IN_APPLICATION : Reach.APPLICATION;
	}

	/** Keeps what each application wants of a user's devices in all of them. */
	private static List<Device> wanted(Collection<Device> everywhere, Applications current) {
		Map<ApplicationId, Device> newest = new HashMap<>();
		everywhere.forEach(device -> newest.put(device.applicationId(), device));
		return everywhere.stream()
			.filter(device -> !isNewestOnly(device.applicationId(), current)
					|| device.equals(newest.get(device.applicationId())))
			.toList();
	}

	private static boolean isNewestOnly(ApplicationId id, Applications current) {
		return current.find(id).map(Application::newestDeviceOnly).orElse(false);
	}

	/** How far a question reaches; each is a statement of its own. */
	private enum Reach {

		APPLICATION, NEWEST_IN_APPLICATION, EVERYWHERE

	}

	/** The devices found, each once and in the order of registration, by the question. */
	private static final class Found {

		private final Map<DeviceQuery, NavigableMap<Long, Device>> devices = new HashMap<>();

		void add(Device device, Reach reach) {
			@Nullable ApplicationId asked = reach == Reach.EVERYWHERE ? null : device.applicationId();
			devices.computeIfAbsent(new DeviceQuery(device.userId(), asked), query -> new TreeMap<>())
				.put(device.registrationId().value(), device);
		}

		Collection<Device> of(DeviceQuery query) {
			NavigableMap<Long, Device> found = devices.get(query);
			return found == null ? List.of() : found.values();
		}

	}

}
