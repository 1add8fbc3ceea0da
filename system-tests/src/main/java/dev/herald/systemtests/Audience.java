package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.testsupport.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Many devices, written straight into the token store's table: registering a million of
 * them by HTTP would take longer than what is to be shown. Users 0, 1, 2 and so on have a
 * device each, in the applications and with the providers in turn.
 *
 * @param name what the ids of its users and devices begin with
 * @param applications the applications
 * @param providers the providers
 * @param firstToken the number of the first device's token; those of two audiences and
 * those below a million, which a {@link Load} takes, must not meet
 */
public record Audience(String name, List<ApplicationId> applications, List<Provider> providers, long firstToken) {

	/** Of both applications of a {@link House} and both providers. */
	static final Audience EVERYBODY = new Audience("audience", List.of(House.RIDER, House.DRIVER),
			List.of(Provider.values()), 1_000_000);

	private static final int BATCH = 1000;

	private static final String INSERT = """
			INSERT INTO device (application_id, user_id, device_id, provider, token, token_hash, environment,
			  registered_at, last_seen_at)
			VALUES (?, ?, ?, ?, ?, ?, 'production', ?, ?)""";

	public Audience {
		applications = List.copyOf(applications);
		providers = List.copyOf(providers);
	}

	/** Devices in an application of its own, {@code com.acme.<name>}. */
	public static Audience ofOneApplication(String name, long firstToken, Provider... providers) {
		return new Audience(name, List.of(new ApplicationId("com.acme." + name)), List.of(providers), firstToken);
	}

	/** The user of a number. */
	public UserId user(int number) {
		return new UserId(name + "-" + number);
	}

	/** The application in which a user has a device. */
	public ApplicationId application(int user) {
		return applications.get(user % applications.size());
	}

	/** The provider of a user's device. */
	public Provider provider(int user) {
		return providers.get(user / applications.size() % providers.size());
	}

	/**
	 * Registers a device for each of so many users.
	 * @param tokenDatabase the token store's
	 * @throws IllegalStateException if the database refuses
	 */
	public void register(TestDatabase tokenDatabase, int users) {
		String url = tokenDatabase.jdbcUrl() + "&rewriteBatchedStatements=true";
		try (Connection connection = DriverManager.getConnection(url, tokenDatabase.username(),
				tokenDatabase.password()); PreparedStatement insert = connection.prepareStatement(INSERT)) {
			connection.setAutoCommit(false);
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
			for (int user = 0; user < users; user++) {
				add(insert, user, sha256, now);
				if ((user + 1) % BATCH == 0 || user + 1 == users) {
					insert.executeBatch();
					connection.commit();
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the audience could not be written to " + url, ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	private void add(PreparedStatement insert, int user, MessageDigest sha256, LocalDateTime now) throws SQLException {
		String token = token(user);
		insert.setString(1, application(user).value());
		insert.setString(2, user(user).value());
		insert.setString(3, name + "-" + user);
		insert.setString(4, provider(user).value());
		insert.setString(5, token);
		insert.setBytes(6, sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
		insert.setObject(7, now);
		insert.setObject(8, now);
		insert.addBatch();
	}

	/** The token of a user's device. */
	public String token(int user) {
		long number = firstToken + user;
		return switch (provider(user)) {
			case FCM -> dev.herald.emulators.pushes.Provider.FCM.sampleToken(number);
			case APNS -> dev.herald.emulators.pushes.Provider.APNS.sampleToken(number);
		};
	}

}
