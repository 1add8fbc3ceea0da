package dev.herald.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChoiceTests {

	private static final Map<String, String> GIVEN = Map.of("HERALD_TEST_MYSQL_URL", "jdbc:mysql://db:3307/",
			"HERALD_TEST_RABBITMQ_URI", "amqp://a:b@mq:5673/%2F");

	static Stream<Arguments> machines() {
		Machine bare = machine(Map.of(), false, null);
		return Stream.of(
				Arguments.of(machine(GIVEN, true, "/bin/rabbitmq-server"), GivenMySql.class, GivenRabbitMq.class),
				Arguments.of(machine(Map.of(), true, "/bin/rabbitmq-server"), ContainerMySql.class,
						ContainerRabbitMq.class),
				Arguments.of(machine(Map.of(), false, "/bin/rabbitmq-server"), EmbeddedH2.class, NodeRabbitMq.class),
				Arguments.of(bare, EmbeddedH2.class, EmbeddedQpid.class),
				Arguments.of(machine(Map.of("HERALD_TEST_MYSQL_URL", "jdbc:mysql://db/"), true, null), GivenMySql.class,
						ContainerRabbitMq.class),
				Arguments.of(machine(Map.of("HERALD_TEST_BACKENDS", "embedded"), true, null), EmbeddedH2.class,
						EmbeddedQpid.class));
	}

	@ParameterizedTest
	@MethodSource("machines")
	void theFirstThatTheMachineHasIsTaken(Machine machine, Class<?> database, Class<?> broker) {
		Choice choice = Choice.on(machine);

		assertThat(choice.database()).isInstanceOf(database);
		assertThat(choice.broker()).isInstanceOf(broker);
	}

	@Test
	void theLineSaysWhatTestsRunOn() {
		assertThat(Choice.on(machine(GIVEN, false, null)).description())
			.isEqualTo("Herald tests run on MySQL (db:3307, given by HERALD_TEST_MYSQL_URL)"
					+ " and RabbitMQ (mq:5673, given by HERALD_TEST_RABBITMQ_URI)");
		assertThat(Choice.on(machine(Map.of(), false, null)).description())
			.startsWith("Herald tests run on H2 in MySQL mode (embedded) and Qpid Broker-J (embedded);")
			.contains("skipped");
	}

	@Test
	void realBackendsAreTakenWhereTheyAreAskedFor() {
		Machine machine = machine(Map.of("HERALD_TEST_BACKENDS", "real"), true, null);

		assertThat(Choice.on(machine).isReal()).isTrue();
	}

	@Test
	void noRealBackendsWhereTheyAreAskedForIsAFailureThatSaysWhatWouldHelp() {
		Machine machine = machine(Map.of("HERALD_TEST_BACKENDS", "real"), false, null);

		assertThatIllegalStateException().isThrownBy(() -> Choice.on(machine))
			.withMessageContaining("no MySQL: HERALD_TEST_MYSQL_URL is not set, and no Docker engine answers")
			.withMessageContaining("no RabbitMQ: HERALD_TEST_RABBITMQ_URI is not set")
			.withMessageContaining("Start Docker");
	}

	@Test
	void oneRealBackendWhereBothAreAskedForIsAFailureToo() {
		Machine machine = machine(Map.of("HERALD_TEST_BACKENDS", "real"), false, "/bin/rabbitmq-server");

		assertThatIllegalStateException().isThrownBy(() -> Choice.on(machine))
			.withMessageContaining("no MySQL")
			.withMessageNotContaining("no RabbitMQ");
	}

	@ParameterizedTest
	@CsvSource({ "HERALD_TEST_BACKENDS, fast, must be real", "HERALD_TEST_MYSQL_URL, jdbc:h2:mem:x, jdbc:mysql://host",
			"HERALD_TEST_MYSQL_URL, 'jdbc:mysql://one,two/', jdbc:mysql://host",
			"HERALD_TEST_RABBITMQ_URI, http://mq, amqp://user" })
	void aVariableThatCannotBeReadIsNamed(String variable, String value, String expected) {
		Machine machine = machine(Map.of(variable, value), false, null);

		assertThatIllegalArgumentException().isThrownBy(() -> Choice.on(machine))
			.withMessageContaining(variable)
			.withMessageContaining(expected);
	}

	private static Machine machine(Map<String, String> environment, boolean docker,
			@org.jspecify.annotations.Nullable String rabbitMq) {
		return new Machine(environment, () -> docker, () -> Optional.ofNullable(rabbitMq).map(Path::of));
	}

}
