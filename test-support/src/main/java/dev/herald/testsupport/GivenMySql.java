package dev.herald.testsupport;

import java.util.OptionalLong;

/** The MySQL server that HERALD_TEST_MYSQL_URL names. */
final class GivenMySql implements DatabaseSource {

	private final MySqlServer server;

	GivenMySql(MySqlServer server) {
		this.server = server;
	}

	@Override
	public DatabaseKind kind() {
		return DatabaseKind.MYSQL;
	}

	@Override
	public String description() {
		return "MySQL (%s:%d, given by HERALD_TEST_MYSQL_URL)".formatted(server.host(), server.port());
	}

	@Override
	public TestDatabase open(String name) {
		return server.create(name);
	}

	@Override
	public DatabaseServer openServer() {
		return new DatabaseServer(server, OptionalLong.empty(), Cleanup.of("leave " + server, () -> {
		}));
	}

	@Override
	public PrivateDatabase openPrivate(String name) {
		TcpGate gate = TcpGate.before(server.host(), server.port());
		TestDatabase database = server.create(name, server.at(TcpGate.HOST, gate.port()));
		return new PrivateDatabase(database, gate, Cleanup.of("close the way to " + server, () -> {
			database.close();
			gate.close();
		}));
	}

}
