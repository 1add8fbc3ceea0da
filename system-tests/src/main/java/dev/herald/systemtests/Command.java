package dev.herald.systemtests;

import dev.herald.testsupport.Backends;
import dev.herald.testsupport.BrokerKind;
import dev.herald.testsupport.DatabaseKind;
import java.util.Arrays;

/**
 * The commands of this module. A command's exit code is 0 if it showed what it was to
 * show, 1 if it refuted it, and 2 if it could not run.
 */
public final class Command {

	static final int SHOWN = 0;

	static final int REFUTED = 1;

	static final int NOT_RUN = 2;

	private Command() {
	}

	/**
	 * Runs a command and ends the process.
	 * @param arguments the command's name and its options
	 */
	public static void main(String[] arguments) {
		System.exit(exitCode(arguments));
	}

	private static int exitCode(String[] arguments) {
		try {
			return run(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			return NOT_RUN;
		}
		catch (RuntimeException ex) {
			ex.printStackTrace();
			return NOT_RUN;
		}
	}

	private static int run(String[] arguments) {
		String name = arguments.length == 0 ? "" : arguments[0];
		String[] options = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
		return switch (name) {
			case "faults" -> FaultsCommand.run(options);
			case "isolation" -> IsolationCommand.run(options);
			case "broadcast" -> BroadcastCommand.run(options);
			case "targeted" -> TargetedCommand.run(options);
			default -> throw new IllegalArgumentException(
					"the command must be faults, isolation, broadcast or targeted, but was \"%s\"".formatted(name));
		};
	}

	/**
	 * @throws IllegalArgumentException if there is no real MySQL or RabbitMQ, with what
	 * would help
	 */
	static void requireRealBackends() {
		if (Backends.databaseKind() != DatabaseKind.MYSQL || Backends.brokerKind() != BrokerKind.RABBITMQ) {
			throw new IllegalArgumentException("This needs a real MySQL and a real RabbitMQ, but here it would be: "
					+ Backends.description()
					+ "\nStart Docker (or point DOCKER_HOST to it), or set HERALD_TEST_MYSQL_URL, _USER and _PASSWORD"
					+ " and HERALD_TEST_RABBITMQ_URI.");
		}
	}

}
