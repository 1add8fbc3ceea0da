package dev.herald.tokenstore.device;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the table {@code device} and how they become objects. Times are bound
 * and read as {@link LocalDateTime} in UTC: a {@code DATETIME} knows no zone, and so
 * neither the driver's nor the server's can shift it.
 */
public final class DeviceRows {

	/** The columns that {@link #device} reads, in its order. */
	public static final String DEVICE = "id, device_id, user_id, application_id, provider, token, environment, registered_at";

	/** The columns that {@link #registeredDevice} reads, in its order. */
	public static final String REGISTERED_DEVICE = DEVICE + ", locale, app_version, last_seen_at";

	private DeviceRows() {
	}

	/** A row of {@link #DEVICE}; a {@code RowMapper}. */
	public static Device device(ResultSet row, int ignoredNumber) throws SQLException {
		return new Device(new RegistrationId(row.getLong(1)), new DeviceId(row.getString(2)),
				new UserId(row.getString(3)), new ApplicationId(row.getString(4)), Provider.of(row.getString(5)),
				new DeviceToken(row.getString(6)), Environment.of(row.getString(7)), time(row, 8));
	}

	/** A row of {@link #REGISTERED_DEVICE}; a {@code RowMapper}. */
	public static RegisteredDevice registeredDevice(ResultSet row, int number) throws SQLException {
		@Nullable String locale = row.getString(9);
		@Nullable String appVersion = row.getString(10);
		return new RegisteredDevice(device(row, number), locale == null ? null : new DeviceLocale(locale),
				appVersion == null ? null : new AppVersion(appVersion), time(row, 11));
	}

	/** A time as it is bound. */
	public static LocalDateTime time(Instant instant) {
		return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	private static Instant time(ResultSet row, int column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

}
