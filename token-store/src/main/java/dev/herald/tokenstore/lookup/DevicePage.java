package dev.herald.tokenstore.lookup;

import dev.herald.common.device.Device;
import dev.herald.common.identity.RegistrationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /internal/devices/page}.
 *
 * @param devices in the order of their registration
 * @param next what to ask for as {@code after} in order to go on, or null if this was the
 * last page
 */
record DevicePage(List<Device> devices, @Nullable RegistrationId next) {

	static DevicePage of(List<Device> devices, int limit) {
		return new DevicePage(devices, devices.size() < limit ? null : devices.getLast().registrationId());
	}

}
