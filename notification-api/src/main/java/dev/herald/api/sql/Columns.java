package dev.herald.api.sql;

import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How ids and times stand in columns: a UUID as its 16 bytes, so that UUIDv7 keys sort by
 * time, and a time as UTC to the millisecond, whatever the time zones of the JVM and the
 * server.
 */
public final class Columns {

	private Columns() {
	}

	/** The value for a column {@code BINARY(16)}. */
	public static byte[] bytes(NotificationId id) {
		return bytes(id.value());
	}

	/** The value for a column {@code BINARY(16)}. */
	public static byte[] bytes(CampaignId id) {
		return bytes(id.value());
	}

	private static byte[] bytes(UUID uuid) {
		return ByteBuffer.allocate(16)
			.putLong(uuid.getMostSignificantBits())
			.putLong(uuid.getLeastSignificantBits())
			.array();
	}

	/** The lowest id that could have been created at this moment. */
	public static byte[] firstIdAt(Instant moment) {
		return bytes(new NotificationId(new UUID(moment.toEpochMilli() << 16, 0)));
	}

	/** The id in a column {@code BINARY(16)}. */
	public static NotificationId notificationId(ResultSet row, String column) throws SQLException {
		return new NotificationId(uuid(row.getBytes(column)));
	}

	/** The id in a column {@code BINARY(16)}, if there is one. */
	public static @Nullable CampaignId campaignId(ResultSet row, String column) throws SQLException {
		byte[] bytes = row.getBytes(column);
		return bytes == null ? null : new CampaignId(uuid(bytes));
	}

	private static UUID uuid(byte[] value) {
		ByteBuffer bytes = ByteBuffer.wrap(value);
		return new UUID(bytes.getLong(), bytes.getLong());
	}

	/** The value for a column {@code DATETIME(3)}. */
	public static LocalDateTime utc(Instant moment) {
		return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
	}

	/** The moment in a column {@code DATETIME(3)}. */
	public static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

}
