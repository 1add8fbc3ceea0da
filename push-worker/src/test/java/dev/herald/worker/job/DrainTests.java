package dev.herald.worker.job;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.fixture.RunningWorker;
import dev.herald.worker.push.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping a worker in the middle of its work. */
class DrainTests {

	@TempDir
	private Path directory;

	@Test
	void aStoppedWorkerFinishesWhatIsInFlightAndLeavesTheRestToTheNext() throws IOException, TimeoutException {
		try (Phones phones = Phones.start(directory);
				TestBroker broker = Backends.broker();
				BrokerPeer peer = BrokerPeer.of(broker)) {
			peer.reset(RIDER, DRIVER);
			var apns = dev.herald.emulators.pushes.Provider.APNS;
			phones.treat(apns, RIDER, new Behaviour.Slow(Duration.ofSeconds(1)));
			RunningWorker first = RunningWorker.start(broker, phones, "herald.worker.prefetch=50",
					"herald.worker.max-in-flight=20");
			for (int i = 0; i < 100; i++) {
				peer.send(Jobs.job(RIDER, Provider.APNS));
			}
			await().atMost(RunningWorker.patience()).until(() -> phones.received(apns, RIDER).size() >= 20);

			first.close();

			int finished = phones.received(apns, RIDER).size();
			assertThat(finished).isLessThan(100);
			assertThat(peer.reports()).hasSize(finished);
			assertThat(peer.ready(RIDER, Provider.APNS)).isEqualTo(100 - finished);
			phones.treat(apns, RIDER, new Behaviour.Accept());
			try (RunningWorker second = RunningWorker.start(broker, phones)) {
				await().atMost(RunningWorker.patience()).untilAsserted(() -> assertThat(peer.reports()).hasSize(100));
				assertThat(second.lane("com.acme.rider.apns")).isEqualTo("consuming");
			}
			assertThat(peer.reports()).hasSize(100)
				.allSatisfy(report -> assertThat(report.outcome()).isEqualTo(DeliveryOutcome.ACCEPTED))
				.extracting(DeliveryReport::notificationId)
				.doesNotHaveDuplicates();
			assertThat(phones.received(apns, RIDER)).as("no push is sent twice").hasSize(100);
			assertThat(peer.ready(RIDER, Provider.APNS)).isZero();
		}
	}

}
