package dev.herald.testsupport;

import dev.herald.embedded.EmbeddedDatabase;
import java.sql.SQLException;
import org.h2.tools.Server;

/** A database of its own in this JVM's H2 for whoever asks. */
final class EmbeddedH2 implements DatabaseSource {

	static {
		// Else H2's server listens on every address, and looks for itself under the
		// machine's name, which need not resolve. H2 reads this once, when it is loaded.
		System.setProperty("h2.bindAddress", TcpGate.HOST);
	}

	@Override
	public DatabaseKind kind() {
		return DatabaseKind.H2;
	}

	@Override
	public String description() {
		return "H2 in MySQL mode (embedded)";
	}

	@Override
	public TestDatabase open(String name) {
		EmbeddedDatabase database = database(name);
		return describe(database, database.jdbcUrl(), Cleanup.of("close " + database, database::close));
	}

	@Override
	public PrivateDatabase openPrivate(String name) {
		EmbeddedDatabase database = database(name);
		Server server = serve();
		TcpGate gate = TcpGate.before(TcpGate.HOST, server.getPort());
		Cleanup cleanup = Cleanup.of("close " + database, () -> {
			gate.close();
			server.stop();
			database.close();
		});
		String url = database.jdbcUrl()
			.replace("jdbc:h2:mem:", "jdbc:h2:tcp://%s:%d/mem:".formatted(TcpGate.HOST, gate.port()));
		return new PrivateDatabase(describe(database, url, cleanup), gate, cleanup);
	}

	@Override
	public DatabaseServer openServer() {
		throw new IllegalStateException("what is measured needs a real MySQL, but this is " + description());
	}

	private static EmbeddedDatabase database(String name) {
		return EmbeddedDatabase.open("herald_" + Names.requireName(name) + "_" + Names.random());
	}

	private static TestDatabase describe(EmbeddedDatabase database, String url, Cleanup cleanup) {
		return new TestDatabase(DatabaseKind.H2, url, database.username(), database.password(),
				database.driverClassName(), cleanup);
	}

	private static Server serve() {
		try {
			return Server.createTcpServer("-tcpPort", "0", "-tcpDaemon").start();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("H2 could not open a port", ex);
		}
	}

}
