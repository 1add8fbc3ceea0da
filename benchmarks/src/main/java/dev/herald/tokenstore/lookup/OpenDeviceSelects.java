package dev.herald.tokenstore.lookup;

import java.util.List;

import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The token store's reads of the hot path, to be measured by themselves. */
public final class OpenDeviceSelects {

	private final DeviceSelects selects;

	/** Reads by this client. */
	public OpenDeviceSelects(JdbcClient jdbc) {
		this.selects = new DeviceSelects(jdbc);
	}

	/** All devices of each user in the application that the query names. */
	public List<Device> inApplication(List<DeviceQuery> queries) {
		return selects.inApplication(queries);
	}

	/** The newest device of each user in the application that the query names. */
	public List<Device> newestInApplication(List<DeviceQuery> queries) {
		return selects.newestInApplication(queries);
	}

}
