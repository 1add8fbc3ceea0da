package dev.herald.testsupport;

import java.util.Optional;

/** The backends of this run, and in which order they are looked for. Starts nothing. */
record Choice(BackendsMode mode, DatabaseSource database, BrokerSource broker) {

	/**
	 * Looks at the environment, then for Docker, then for a rabbitmq-server, and takes
	 * the embedded pair last.
	 * @throws IllegalStateException if real ones are asked for and not to be had, with
	 * what was tried and what would help
	 */
	static Choice on(Machine machine) {
		BackendsMode mode = BackendsMode.of(machine.environment().get(BackendsMode.VARIABLE));
		if (mode == BackendsMode.EMBEDDED) {
			return new Choice(mode, new EmbeddedH2(), new EmbeddedQpid());
		}
		Choice choice = new Choice(mode, database(machine), broker(machine));
		if (mode == BackendsMode.REAL && !choice.isReal()) {
			throw new IllegalStateException(choice.missing());
		}
		return choice;
	}

	boolean isReal() {
		return database.kind() == DatabaseKind.MYSQL && broker.kind() == BrokerKind.RABBITMQ;
	}

	/** The line that tests begin with. */
	String description() {
		String line = "Herald tests run on " + database.description() + " and " + broker.description();
		if (isReal()) {
			return line;
		}
		return line + "; tests that need the real ones are skipped" + (mode == BackendsMode.EMBEDDED
				? ", as HERALD_TEST_BACKENDS=embedded asks" : " (start Docker to run them)");
	}

	private static DatabaseSource database(Machine machine) {
		Optional<String> url = machine.variable("HERALD_TEST_MYSQL_URL");
		if (url.isPresent()) {
			return new GivenMySql(MySqlServer.at(url.get(), machine.variable("HERALD_TEST_MYSQL_USER").orElse("root"),
					machine.variable("HERALD_TEST_MYSQL_PASSWORD").orElse("")));
		}
		return machine.docker().getAsBoolean() ? new ContainerMySql() : new EmbeddedH2();
	}

	private static BrokerSource broker(Machine machine) {
		Optional<String> uri = machine.variable("HERALD_TEST_RABBITMQ_URI");
		if (uri.isPresent()) {
			return GivenRabbitMq.at(uri.get(), machine.variable("HERALD_TEST_RABBITMQ_MANAGEMENT_URL").orElse(null));
		}
		if (machine.docker().getAsBoolean()) {
			return new ContainerRabbitMq();
		}
		return machine.rabbitMq().get().<BrokerSource>map(NodeRabbitMq::new).orElseGet(EmbeddedQpid::new);
	}

	private String missing() {
		StringBuilder message = new StringBuilder("HERALD_TEST_BACKENDS=real, but this machine has");
		if (database.kind() != DatabaseKind.MYSQL) {
			message.append("\n  no MySQL: HERALD_TEST_MYSQL_URL is not set, and no Docker engine answers");
		}
		if (broker.kind() != BrokerKind.RABBITMQ) {
			message.append("\n  no RabbitMQ: HERALD_TEST_RABBITMQ_URI is not set, no Docker engine answers,"
					+ " and there is no rabbitmq-server on the PATH or in /usr/lib/rabbitmq/bin");
		}
		return message
			.append("\nStart Docker (or point DOCKER_HOST to it), or set HERALD_TEST_MYSQL_URL, _USER and"
					+ " _PASSWORD and HERALD_TEST_RABBITMQ_URI, or unset HERALD_TEST_BACKENDS.")
			.toString();
	}

}
