package dev.herald.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The first thing that a stranger runs. */
class DemoTests {

	@Test
	void theDemoReachesEveryDeviceAndEndsWithItsBooksBalanced() {
		ByteArrayOutputStream printed = new ByteArrayOutputStream();

		int status = Quickstart.demo(new PrintStream(printed, true, StandardCharsets.UTF_8));

		assertThat(status).as(printed.toString(StandardCharsets.UTF_8)).isZero();
		assertThat(printed.toString(StandardCharsets.UTF_8).lines().toList().getLast())
			.startsWith("books balance: 7 jobs = 7 accepted");
	}

}
