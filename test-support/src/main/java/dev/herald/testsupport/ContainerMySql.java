package dev.herald.testsupport;

import java.util.Map;
import org.testcontainers.mysql.MySQLContainer;

/** MySQL in a container: one for all tests of this JVM, and one for each that asks. */
final class ContainerMySql implements DatabaseSource {

	private static final String IMAGE = "mysql:8.4";

	private final Lazy<MySqlServer> shared = new Lazy<>(
			() -> start(container().withTmpFs(Map.of("/var/lib/mysql", "rw"))));

	@Override
	public DatabaseKind kind() {
		return DatabaseKind.MYSQL;
	}

	@Override
	public String description() {
		return "MySQL (Testcontainers, " + IMAGE + ")";
	}

	@Override
	public TestDatabase open(String name) {
		return shared.get().create(name);
	}

	@Override
	public PrivateDatabase openPrivate(String name) {
		// On disk, unlike the shared one: what is in memory does not survive a restart.
		MySQLContainer container = container();
		ContainerSwitch.fixPorts(container, MySQLContainer.MYSQL_PORT);
		MySqlServer server = start(container);
		TcpGate gate = TcpGate.before(server.host(), server.port());
		TestDatabase database = server.create(name, server.at(TcpGate.HOST, gate.port()));
		return new PrivateDatabase(database, new ContainerSwitch(container), gate,
				Cleanup.of("remove a private " + IMAGE, () -> {
					database.abandon();
					gate.close();
					container.stop();
				}));
	}

	@Override
	public DatabaseServer openServer() {
		MySQLContainer container = new MySQLContainer(IMAGE).withPassword(Names.password())
			.withEnv("MYSQL_INITDB_SKIP_TZINFO", "1")
			// As in docker-compose.yml.
			.withCommand("mysqld", "--max-connections=200", "--character-set-server=utf8mb4",
					"--innodb-buffer-pool-size=512M", "--innodb-redo-log-capacity=4G",
					"--innodb-max-dirty-pages-pct-lwm=0", "--innodb-io-capacity=1000", "--skip-log-bin");
		MySqlServer published = start(container);
		ContainerAddress nearest = ContainerAddress.nearest(container, MySQLContainer.MYSQL_PORT);
		MySqlServer server = published.at(nearest.host(), nearest.port());
		return new DatabaseServer(server, ContainerProcess.pid(container),
				Cleanup.of("remove a " + IMAGE + " to measure on", container::stop));
	}

	private static MySQLContainer container() {
		return new MySQLContainer(IMAGE).withPassword(Names.password())
			.withEnv("MYSQL_INITDB_SKIP_TZINFO", "1")
			// Several Spring contexts with two pools each outlive their test classes.
			.withCommand("mysqld", "--skip-log-bin", "--mysqlx=OFF", "--max-connections=500");
	}

	private static MySqlServer start(MySQLContainer container) {
		Startup startup = Startup.of(IMAGE);
		Cleanup.of("remove " + IMAGE, container::stop);
		container.start();
		MySqlServer server = new MySqlServer(container.getHost(), container.getMappedPort(MySQLContainer.MYSQL_PORT),
				MySqlServer.SETTINGS, "root", container.getPassword());
		startup.finished("MySQL " + server.version());
		return server;
	}

}
