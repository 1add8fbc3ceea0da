package dev.herald.testsupport;

/**
 * The database and the broker that the tests of this JVM run on. Taken in this order:
 *
 * <ol>
 * <li>what the environment names: {@code HERALD_TEST_MYSQL_URL} with {@code _USER} and
 * {@code _PASSWORD}, {@code HERALD_TEST_RABBITMQ_URI} with
 * {@code HERALD_TEST_RABBITMQ_MANAGEMENT_URL} (by default port 15672 of the same host);
 * the users must be allowed to create databases, users and virtual hosts;
 * <li>MySQL and RabbitMQ by Testcontainers, where a Docker engine answers;
 * <li>for the broker, a private node, where rabbitmq-server is on the PATH;
 * <li>H2 and Qpid Broker-J in this JVM.
 * </ol>
 *
 * <p>
 * {@code HERALD_TEST_BACKENDS=real} turns the last into a failure, {@code =embedded}
 * skips to it. The choice is made once, when it is first asked for, and then said in one
 * line on the console; servers start when first needed and end with the JVM. All methods
 * are safe for use by several threads and throw {@link IllegalStateException} if what was
 * chosen does not work: there is no second choice.
 */
public final class Backends {

	private static final Lazy<Choice> CHOICE = new Lazy<>(() -> {
		Choice choice = Choice.on(Machine.local());
		Console.say(choice.description());
		return choice;
	});

	private Backends() {
	}

	/**
	 * A fresh database on the shared server.
	 * @param name part of the database's name, for whoever looks at the server: 1 to 40
	 * lower-case letters, digits and underscores
	 */
	public static TestDatabase database(String name) {
		return CHOICE.get().database().open(name);
	}

	/** A fresh virtual host on the shared server, once for a test class, say. */
	public static TestBroker broker() {
		return CHOICE.get().broker().open();
	}

	/**
	 * A fresh database that the test may take away. Costs the start of a server: some ten
	 * seconds for MySQL.
	 * @param name as for {@link #database(String)}
	 */
	public static PrivateDatabase privateDatabase(String name) {
		return CHOICE.get().database().openPrivate(name);
	}

	/**
	 * A broker that the test may take away. Costs the start of a server: some ten seconds
	 * for RabbitMQ.
	 */
	public static PrivateBroker privateBroker() {
		return CHOICE.get().broker().openPrivate();
	}

	/**
	 * A MySQL server to measure on.
	 * @throws IllegalStateException if there is only an embedded database
	 */
	public static DatabaseServer databaseServer() {
		return CHOICE.get().database().openServer();
	}

	/**
	 * A RabbitMQ server to measure on.
	 * @throws IllegalStateException if there is only an embedded broker
	 */
	public static BrokerServer brokerServer() {
		return CHOICE.get().broker().openServer();
	}

	/** What {@link #database(String)} runs on. Starts nothing. */
	public static DatabaseKind databaseKind() {
		return CHOICE.get().database().kind();
	}

	/** What {@link #broker()} runs on. Starts nothing. */
	public static BrokerKind brokerKind() {
		return CHOICE.get().broker().kind();
	}

	/** What the tests run on, in one line. Starts nothing. */
	public static String description() {
		return CHOICE.get().description();
	}

}
