package dev.herald.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.ApplicationId;
import dev.herald.emulators.EmulatorOptions;
import dev.herald.emulators.ProviderEmulators;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whoever tries Herald out reads between two commands. */
@ExtendWith(OutputCaptureExtension.class)
class HouseTests {

	/** More than twice as long as a service waits for a heartbeat by default. */
	private static final Duration IDLE = Duration.ofSeconds(12);

	@Test
	void aHouseThatNobodyAsksForAnythingKeepsItsConnections(@TempDir Path directory, CapturedOutput output)
			throws InterruptedException {
		ProviderEmulators emulators = ProviderEmulators.start(EmulatorOptions.in(directory)
			.withApplications(House.APPLICATIONS.stream().map(ApplicationId::value).toList())
			.build());

		try (House _ = new House(Ports.ANY, emulators)) {
			int started = output.getAll().length();
			Thread.sleep(IDLE);

			assertThat(output.getAll().substring(started)).doesNotContain("WARN", "ERROR", "Exception");
		}
	}

}
