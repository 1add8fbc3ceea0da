package dev.herald.worker.job;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushJob;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.PrivateBroker;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.fixture.RunningWorker;
import dev.herald.worker.push.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away under a working worker. */
class BrokerOutageTests {

	@TempDir
	private Path directory;

	@Test
	void aBrokerThatGoesAndComesBackLosesNoJob() throws IOException, TimeoutException {
		var apns = dev.herald.emulators.pushes.Provider.APNS;
		try (Phones phones = Phones.start(directory); PrivateBroker server = Backends.privateBroker()) {
			phones.treat(apns, RIDER, new Behaviour.Slow(Duration.ofMillis(500)));
			List<PushJob> jobs = new ArrayList<>();
			try (BrokerPeer before = BrokerPeer.of(server.broker())) {
				before.reset(RIDER, DRIVER);
				for (int i = 0; i < 200; i++) {
					PushJob job = Jobs.job(RIDER, Provider.APNS);
					jobs.add(job);
					before.send(job);
				}
				// The worker comes after the jobs: what was not confirmed is not in
				// question here.
				await().until(() -> before.ready(RIDER, Provider.APNS) == 200);
			}

			try (RunningWorker worker = RunningWorker.start(server.broker(), phones, "herald.worker.prefetch=20",
					"herald.worker.max-in-flight=20")) {
				await().atMost(RunningWorker.patience()).until(() -> phones.received(apns, RIDER).size() >= 30);
				server.stop();
				server.start();

				try (BrokerPeer after = BrokerPeer.of(server.broker())) {
					await().atMost(Duration.ofSeconds(60))
						.until(() -> after.reports()
							.stream()
							.map(DeliveryReport::notificationId)
							.collect(Collectors.toSet())
							.size() == jobs.size());
					assertThat(after.reports()).extracting(DeliveryReport::outcome)
						.containsOnly(DeliveryOutcome.ACCEPTED);
					assertThat(worker.lane("com.acme.rider.apns")).isEqualTo("consuming");
				}
			}
		}
	}

}
