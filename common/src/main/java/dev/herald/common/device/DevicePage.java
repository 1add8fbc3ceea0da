package dev.herald.common.device;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link DevicePageQuery}.
 *
 * @param devices in the order of their registration; fewer than asked for, or none, does
 * not mean that there are no more
 * @param next what to ask for as {@code after} in order to go on, or null if there is no
 * more
 */
public record DevicePage(List<Device> devices, @Nullable Long next) {

	/**
	 * @throws NullPointerException if the devices are missing
	 */
	public DevicePage {
		requireNonNull(devices, "devices is missing");
		devices = List.copyOf(devices);
	}

}
