package dev.herald.tokenstore.paging;

import dev.herald.common.device.Device;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.tokenstore.device.DeviceRows;
import java.util.Optional;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reads of {@link DevicePages}, all along the index of an application's and
 * provider's registrations. Each is prepared on the server.
 */
final class PageSelects {

	/**
	 * Named, since an application that has nearly every device would tempt the server to
	 * scan the table instead.
	 */
	private static final String REGISTRATIONS = """
			FROM device USE INDEX (device_by_registration)
			WHERE application_id = ? AND provider = ? AND id > ? AND id <= ?
			""";

	private static final String PAGE = "SELECT " + DeviceRows.DEVICE + " " + REGISTRATIONS
			+ "AND %s ORDER BY id LIMIT ?";

	private static final String NTH = "SELECT id " + REGISTRATIONS + "ORDER BY id LIMIT 1 OFFSET ?";

	private static final String COUNT = "SELECT COUNT(*) " + REGISTRATIONS;

	private static final String ENDS = "SELECT MIN(id), MAX(id) " + REGISTRATIONS;

	private static final String SAMPLE = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN %s THEN 1 ELSE 0 END), 0) FROM ("
			+ "SELECT locale, app_version, last_seen_at " + REGISTRATIONS + "ORDER BY id LIMIT ?) AS sample";

	private final JdbcClient jdbc;

	PageSelects(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The devices that match, in the order of registration. */
	List<Device> page(DevicePageQuery query, long upTo, FilterCondition filter) {
		return range(PAGE.formatted(filter.sql()), query, query.after(), upTo).params(filter.parameters())
			.param(query.limit())
			.query(DeviceRows::device)
			.list();
	}

	/**
	 * The registration this many after the page's beginning, whether it matches or not.
	 */
	Optional<Long> nth(DevicePageQuery query, int number) {
		return range(NTH, query, query.after(), query.upTo()).param(number - 1).query(Long.class).optional();
	}

	/** How many registrations there are in a range, whether they match or not. */
	long count(DevicePageQuery query, IdRange range) {
		return range(COUNT, query, range.after(), range.upTo()).query(Long.class).single();
	}

	/** The range without what is empty at its ends; empty if there is nothing in it. */
	Optional<IdRange> trimmed(DevicePageQuery query) {
		return range(ENDS, query, query.after(), query.upTo()).query((row, number) -> row.getObject(1) == null
				? Optional.<IdRange>empty() : Optional.of(new IdRange(row.getLong(1) - 1, row.getLong(2))))
			.single();
	}

	/** How many of the first registrations of a range match. */
	Sample sample(DevicePageQuery query, IdRange range, FilterCondition filter, int size) {
		return jdbc.sql(SAMPLE.formatted(filter.sql()))
			.params(filter.parameters())
			.params(List.of(query.applicationId().value(), query.provider().value(), range.after(), range.upTo(), size))
			.query((row, number) -> new Sample(row.getLong(1), row.getLong(2)))
			.single();
	}

	private JdbcClient.StatementSpec range(String sql, DevicePageQuery query, long after, long upTo) {
		return jdbc.sql(sql).params(List.of(query.applicationId().value(), query.provider().value(), after, upTo));
	}

	/**
	 * Registrations after one and up to another.
	 */
	record IdRange(long after, long upTo) {

		/** One of so many equal parts. */
		IdRange part(int number, int parts) {
			return new IdRange(bound(number, parts), bound(number + 1, parts));
		}

		private long bound(int number, int parts) {
			return number == parts ? upTo : after + (upTo - after) / parts * number;
		}

	}

	/**
	 * How many rows were looked at, and how many of them match.
	 */
	record Sample(long rows, long matching) {
	}

}
