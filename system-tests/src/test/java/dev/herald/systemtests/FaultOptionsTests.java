package dev.herald.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.herald.common.broker.QueueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultOptionsTests {

	@Test
	void theLongFormIsAHundredThousandOverAllFaultsAndBothKindsOfQueues() {
		FaultOptions options = options("--long");

		int rows = Fault.values().length * QueueType.values().length;
		assertThat(options.faults()).containsExactly(Fault.values());
		assertThat(options.queues()).containsExactly(QueueType.values());
		assertThat(rows * options.run().atLeast()).isBetween(100_000, 100_000 + rows);
	}

	@Test
	void withoutItTheFormIsShort() {
		assertThat(options().queues()).containsExactly(QueueType.QUORUM);
		assertThat(options().run()).isEqualTo(FaultRun.SHORT);
	}

	@Test
	void everyOptionIsTaken() {
		FaultOptions options = options("--notifications", "50", "--only", "api-killed,broker-reset", "--queues",
				"classic", "--seed", "-7");

		assertThat(options).isEqualTo(new FaultOptions(true, 50, options.faults(), List.of(QueueType.CLASSIC), -7));
		assertThat(options.faults()).containsExactlyInAnyOrder(Fault.API_KILLED, Fault.BROKER_RESET);
		assertThat(options.run().atLeast()).isEqualTo(25);
	}

	@ParameterizedTest
	@CsvSource({ "--lnog, there is no option --lnog", "--notifications, --notifications must be followed by a value",
			"--notifications 0, 'from 1 to 10000000, but was \"0\"'",
			"--notifications many, 'from 1 to 10000000, but was \"many\"'",
			"--only api-kiled, there is no fault \"api-kiled\"", "--queues mirrored, 'but was \"mirrored\"'",
			"long, '\"long\" belongs to no option'" })
	void whatIsWrongIsNamedAndTheUsageShown(String arguments, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> options(arguments.split(" ")))
			.withMessageContaining(message)
			.withMessageContaining("usage: system-tests/faults");
	}

	private static FaultOptions options(String... arguments) {
		return FaultOptions.of(CommandLine.parse(arguments, FaultOptions.USAGE), 1);
	}

}
