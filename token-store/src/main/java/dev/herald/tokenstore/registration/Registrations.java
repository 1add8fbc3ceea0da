package dev.herald.tokenstore.registration;

import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.tokenstore.device.DeviceRows;
import dev.herald.tokenstore.device.RegisteredDevice;
import dev.herald.tokenstore.device.TokenHash;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * The rows of the table {@code device} as logins and logouts change them. A row's user,
 * application and device never change; its token does. Every method is one statement, and
 * every change says whether it met the row it was meant for.
 */
final class Registrations {

	private static final String BY_DEVICE = "SELECT " + DeviceRows.REGISTERED_DEVICE + """
			 FROM device WHERE application_id = ? AND device_id = ?
			""";

	private static final String BY_TOKEN = "SELECT " + DeviceRows.REGISTERED_DEVICE + """
			 FROM device WHERE application_id = ? AND provider = ? AND token_hash = ?
			""";

	private static final String BY_DEVICE_OR_TOKEN = BY_DEVICE + " UNION ALL " + BY_TOKEN;

	private static final String OF_USER = "SELECT " + DeviceRows.REGISTERED_DEVICE + """
			 FROM device WHERE user_id = ? AND application_id = ? ORDER BY id
			""";

	private static final String OF_USER_EVERYWHERE = "SELECT " + DeviceRows.REGISTERED_DEVICE + """
			 FROM device WHERE user_id = ? ORDER BY application_id, id
			""";

	private static final String INSERT = """
			INSERT INTO device (application_id, user_id, device_id, provider, token, token_hash, environment,
			  locale, app_version, registered_at, last_seen_at)
			VALUES (:application, :user, :device, :provider, :token, :tokenHash, :environment,
			  :locale, :appVersion, :registeredAt, :lastSeenAt)
			""";

	private static final String UPDATE = """
			UPDATE device
			SET provider = :provider, token = :token, token_hash = :tokenHash, environment = :environment,
			  locale = :locale, app_version = :appVersion, registered_at = :registeredAt, last_seen_at = :lastSeenAt
			WHERE id = :id
			""";

	private static final String DELETE_LOGIN = "DELETE FROM device WHERE id = ? AND token_hash = ?";

	private static final String DELETE_DEVICE = """
			DELETE FROM device WHERE application_id = ? AND device_id = ? AND user_id = ?
			""";

	private static final String DELETE_DEVICES_OF_USER = "DELETE FROM device WHERE user_id = ? AND application_id = ?";

	private final JdbcClient jdbc;

	Registrations(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The logins, two at most, that hold the registration's device or its token. */
	Collection<RegisteredDevice> holding(Registration registration) {
		DeviceId device = registration.deviceId();
		JdbcClient.StatementSpec query = device == null ? jdbc.sql(BY_TOKEN)
				: jdbc.sql(BY_DEVICE_OR_TOKEN).param(registration.applicationId().value()).param(device.value());
		return new LinkedHashSet<>(query.param(registration.applicationId().value())
			.param(registration.provider().value())
			.param(TokenHash.of(registration.token()))
			.query(DeviceRows::registeredDevice)
			.list());
	}

	/** The devices of a user, by application, oldest registration first. */
	List<RegisteredDevice> find(DeviceQuery query) {
		ApplicationId application = query.applicationId();
		JdbcClient.StatementSpec select = application == null
				? jdbc.sql(OF_USER_EVERYWHERE).param(query.userId().value())
				: jdbc.sql(OF_USER).param(query.userId().value()).param(application.value());
		return select.query(DeviceRows::registeredDevice).list();
	}

	/**
	 * Adds a row.
	 * @return the number of the new row
	 * @throws org.springframework.dao.DuplicateKeyException if a login holds the device
	 * or the token
	 */
	RegistrationId insert(Registration added, DeviceId device, Instant now) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		withValues(jdbc.sql(INSERT), added, now).param("application", added.applicationId().value())
			.param("user", added.userId().value())
			.param("device", device.value())
			.update(key, "id");
		return new RegistrationId(Objects.requireNonNull(key.getKey(), "the database returns the new id").longValue());
	}

	/**
	 * Writes what a registration changes of a row.
	 * @return whether the row was still there and held anything else
	 * @throws org.springframework.dao.DuplicateKeyException if another login holds the
	 * token
	 */
	boolean update(RegistrationId id, Registration changed, Instant now) {
		return withValues(jdbc.sql(UPDATE), changed, now).param("id", id.value()).update() == 1;
	}

	/**
	 * Ends a login that holds the token it was read with.
	 * @return whether it was still there and did
	 */
	boolean delete(RegisteredDevice held) {
		Device device = held.device();
		return jdbc.sql(DELETE_LOGIN)
			.param(device.registrationId().value())
			.param(TokenHash.of(device.token()))
			.update() == 1;
	}

	/** Ends the user's login on one device; the number of rows that went, 0 or 1. */
	int delete(UserId user, ApplicationId application, DeviceId device) {
		return jdbc.sql(DELETE_DEVICE).param(application.value()).param(device.value()).param(user.value()).update();
	}

	/** Ends all of the user's logins in an application; the number of rows that went. */
	int delete(UserId user, ApplicationId application) {
		return jdbc.sql(DELETE_DEVICES_OF_USER).param(user.value()).param(application.value()).update();
	}

	private static JdbcClient.StatementSpec withValues(JdbcClient.StatementSpec statement, Registration registration,
			Instant now) {
		return statement.param("provider", registration.provider().value())
			.param("token", registration.token().value())
			.param("tokenHash", TokenHash.of(registration.token()))
			.param("environment", registration.environment().value())
			.param("locale", text(registration.locale()), Types.VARCHAR)
			.param("appVersion", text(registration.appVersion()), Types.VARCHAR)
			.param("registeredAt", DeviceRows.time(now))
			.param("lastSeenAt", DeviceRows.time(now));
	}

	private static @Nullable String text(@Nullable Object value) {
		return value == null ? null : value.toString();
	}

}
