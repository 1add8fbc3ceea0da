package dev.herald.api.history;

import dev.herald.api.devices.DeviceDirectory;
import dev.herald.api.http.Deadline;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The devices that a user has now, asked for once, and only if somebody wants to know.
 * For use by one thread.
 */
final class UserDevices {

	private final DeviceDirectory directory;

	private final DeviceQuery query;

	private final Deadline deadline;

	private @Nullable List<Device> devices;

	UserDevices(DeviceDirectory directory, DeviceQuery query, Deadline deadline) {
		this.directory = directory;
		this.query = query;
		this.deadline = deadline;
	}

	DeviceQuery query() {
		return query;
	}

	/**
	 * @throws dev.herald.base.problem.UnavailableException if the token store does not
	 * say in time
	 */
	List<Device> get() {
		List<Device> known = devices;
		if (known == null) {
			known = deadline.await(directory.devicesOf(query), "the token store");
			devices = known;
		}
		return known;
	}

}
