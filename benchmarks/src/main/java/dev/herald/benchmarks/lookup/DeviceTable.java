package dev.herald.benchmarks.lookup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.herald.benchmarks.ChildJvm;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.UserId;
import dev.herald.testsupport.TestDatabase;

/**
 * The token store's own table with so many devices in it, two for each user: one at FCM
 * and one at APNs. Made by the token store's own migrations.
 *
 * @param devices how many
 * @param seeding how long it took to fill it
 */
public record DeviceTable(TestDatabase database, long devices, Duration seeding) {

	/** The application of every device. */
	static final ApplicationId APPLICATION = new ApplicationId("com.acme.rider");

	/**
	 * Makes it.
	 * @param devices a multiple of 1,000
	 * @param logs a folder
	 */
	public static DeviceTable make(TestDatabase database, long devices, Path logs) {
		DeviceTableMain.Order order = new DeviceTableMain.Order(database.jdbcUrl(), database.username(),
				database.password(), devices);
		double seconds = ChildJvm.ask("seed-" + devices, logs, List.of("-Xmx256m"), DeviceTableMain.class, order,
				Double.class);
		return new DeviceTable(database, devices, Duration.ofMillis((long) (seconds * 1000)));
	}

	/** How many users have devices. */
	long users() {
		return devices / 2;
	}

	/** A user of a number from 0 on. */
	static UserId user(long number) {
		return new UserId("user-" + number);
	}

}
