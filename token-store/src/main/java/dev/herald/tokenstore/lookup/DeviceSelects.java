package dev.herald.tokenstore.lookup;

import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.RegistrationId;
import dev.herald.tokenstore.device.DeviceRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reads of the hot path. Each is prepared on the server and reads only the index
 * entries and rows that it returns. Many users or registrations are asked for in one
 * statement, their number padded to a power of two by asking for the last one again, so
 * that a handful of prepared statements serves every number; a device may therefore come
 * several times. The order of the devices is not defined.
 */
final class DeviceSelects {

	/**
	 * The most users in one {@code UNION ALL}: to the server each is a query of its own,
	 * which it plans and keeps.
	 */
	static final int MAX_NEWEST = 64;

	private static final String DEVICES = DeviceRows.DEVICE + " FROM device ";

	/**
	 * Named, because to choose for itself MySQL estimates for each statement how much of
	 * each index it would read that begins with the application or the user. In a comment
	 * (MySQL Reference Manual, <em>Optimizer Hints</em>), since H2 knows no
	 * {@code FORCE INDEX}.
	 */
	private static final String SELECT_BY_USER = "SELECT /*+ INDEX(device device_by_user) */ " + DEVICES;

	private static final String NEWEST = "(" + SELECT_BY_USER
			+ "WHERE user_id = ? AND application_id = ? ORDER BY id DESC LIMIT 1)";

	private final JdbcClient jdbc;

	DeviceSelects(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** All devices of each user in the application that the query names. */
	List<Device> inApplication(List<DeviceQuery> queries) {
		return select(
				SELECT_BY_USER + "WHERE (user_id, application_id) IN (" + padded("(?, ?)", ", ", queries.size()) + ")",
				queries);
	}

	/**
	 * The device registered last of each user in the application that the query names.
	 */
	List<Device> newestInApplication(List<DeviceQuery> queries) {
		List<Device> devices = new ArrayList<>();
		for (int from = 0; from < queries.size(); from += MAX_NEWEST) {
			List<DeviceQuery> some = queries.subList(from, Math.min(from + MAX_NEWEST, queries.size()));
			devices.addAll(select(padded(NEWEST, " UNION ALL ", some.size()), some));
		}
		return devices;
	}

	/** All devices of each user, whatever the application; the queries name none. */
	List<Device> everywhere(List<DeviceQuery> queries) {
		return select(SELECT_BY_USER + "WHERE user_id IN (" + padded("?", ", ", queries.size()) + ")", queries);
	}

	/** The devices registered under these ids. */
	List<Device> registered(List<RegistrationId> ids) {
		List<Long> parameters = new ArrayList<>();
		for (int i = 0; i < paddedSize(ids.size()); i++) {
			parameters.add(ids.get(Math.min(i, ids.size() - 1)).value());
		}
		return jdbc.sql("SELECT " + DEVICES + "WHERE id IN (" + padded("?", ", ", ids.size()) + ")")
			.params(parameters)
			.query(DeviceRows::device)
			.list();
	}

	private List<Device> select(String sql, List<DeviceQuery> queries) {
		List<Object> parameters = new ArrayList<>();
		for (int i = 0; i < paddedSize(queries.size()); i++) {
			DeviceQuery query = queries.get(Math.min(i, queries.size() - 1));
			parameters.add(query.userId().value());
			if (query.applicationId() != null) {
				parameters.add(query.applicationId().value());
			}
		}
		return jdbc.sql(sql).params(parameters).query(DeviceRows::device).list();
	}

	private static String padded(String part, String separator, int size) {
		return String.join(separator, Collections.nCopies(paddedSize(size), part));
	}

	private static int paddedSize(int size) {
		return size == 1 ? 1 : 2 * Integer.highestOneBit(size - 1);
	}

}
