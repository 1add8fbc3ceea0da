package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever repeats, and in whatever order it comes, counts once. */
class CampaignReportTests {

	private final RunningApi api = RunningApi.shared();

	private final BroadcastFixture broadcasts = new BroadcastFixture(api);

	private final CampaignReports reports = api.bean(CampaignReports.class);

	private final CampaignId id = broadcasts.running(100_000, null, null);

	@Test
	void reportsOfTheQueueAreCountedAndFailuresKeptPerDevice() {
		broadcasts.done(id, 0, 3L, 1, 2, 3);

		broadcasts.publish(broadcasts.report(id, 1, DeliveryOutcome.ACCEPTED, 0));
		broadcasts.publish(broadcasts.report(id, 1, DeliveryOutcome.ACCEPTED, 0));
		broadcasts.publish(broadcasts.report(id, 2, DeliveryOutcome.TOKEN_INVALID, 0));

		Awaitility.await()
			.untilAsserted(() -> assertThat(broadcasts.jobs(id)).isEqualTo("queued=3 accepted=1 token_invalid=1"));
		assertThat(kept()).containsExactly("2 token_invalid");
		assertThat(broadcasts.shown(id).at("/jobs/pending").intValue()).isEqualTo(1);
	}

	@Test
	void aJobThatEndsBeforeItsPageIsDoneIsQueuedOnce() {
		reports.take(List.of(broadcasts.report(id, 1, DeliveryOutcome.ACCEPTED, 0),
				broadcasts.report(id, 9000, DeliveryOutcome.REJECTED, 0)));
		assertThat(broadcasts.jobs(id)).isEqualTo("queued=2 accepted=1 rejected=1");

		broadcasts.done(id, 0, 9001L, 1, 2, 9000);
		broadcasts.done(id, 0, 9001L, 1, 2, 9000);

		assertThat(broadcasts.jobs(id)).isEqualTo("queued=3 accepted=1 rejected=1");
	}

	@Test
	void acceptedWinsWhetherItComesFirstOrLast() {
		reports.take(List.of(broadcasts.report(id, 1, DeliveryOutcome.DEAD_LETTERED, 0),
				broadcasts.report(id, 2, DeliveryOutcome.ACCEPTED, 0)));
		assertThat(broadcasts.jobs(id)).isEqualTo("queued=2 accepted=1 dead_lettered=1");

		reports.take(List.of(broadcasts.report(id, 1, DeliveryOutcome.ACCEPTED, 60),
				broadcasts.report(id, 2, DeliveryOutcome.EXPIRED, 60)));

		assertThat(broadcasts.jobs(id)).isEqualTo("queued=2 accepted=2");
		assertThat(kept()).isEmpty();
	}

	@Test
	void aFailureThatIsRevisedMovesFromOneCounterToAnother() {
		reports.take(List.of(broadcasts.report(id, 1, DeliveryOutcome.DEAD_LETTERED, 0)));

		reports.take(List.of(broadcasts.report(id, 1, DeliveryOutcome.TOKEN_INVALID, 60)));
		reports.take(List.of(broadcasts.report(id, 1, DeliveryOutcome.DEAD_LETTERED, 0)));

		assertThat(broadcasts.jobs(id)).isEqualTo("queued=1 token_invalid=1");
		assertThat(kept()).containsExactly("1 token_invalid");
	}

	@Test
	void ofATargetedPushEveryJobIsKept() {
		CampaignId standing = CampaignId.create();
		NotificationId one = NotificationId.create();
		NotificationId two = NotificationId.create();

		reports.take(List.of(broadcasts.report(standing, one, 1, DeliveryOutcome.ACCEPTED, 0),
				broadcasts.report(standing, two, 1, DeliveryOutcome.DEAD_LETTERED, 0)));
		reports.take(List.of(broadcasts.report(standing, two, 1, DeliveryOutcome.ACCEPTED, 60)));

		assertThat(broadcasts.jobs(standing)).isEqualTo("queued=0 accepted=2");
		assertThat(api.bean(Deliveries.class).of(List.of(one, two))).hasSize(2);
		assertThat(broadcasts.shown(standing).at("/jobs").toString()).contains("\"queued\":2", "\"accepted\":2",
				"\"pending\":0");
	}

	@Test
	void reportsOfABroadcastThatIsNotKnownAreLetGo() {
		CampaignId unknown = CampaignId.create();

		reports.take(List.of(broadcasts.report(unknown, 1, DeliveryOutcome.ACCEPTED, 0),
				broadcasts.report(id, 1, DeliveryOutcome.ACCEPTED, 0)));

		assertThat(broadcasts.campaigns().find(unknown)).isEmpty();
		assertThat(broadcasts.jobs(id)).isEqualTo("queued=1 accepted=1");
	}

	/**
	 * Every job dead-letters and some are replayed and accepted; pages are said done
	 * twice; all of it in any order, several times, from several threads in large
	 * batches.
	 */
	@Test
	void manyInstancesAndRepetitionsCountExactly() throws Exception {
		int devices = 3000;
		List<DeliveryReport> all = new ArrayList<>();
		for (long registration = 1; registration <= devices; registration++) {
			all.add(broadcasts.report(id, registration * 31, DeliveryOutcome.DEAD_LETTERED, 0));
			if (registration % 3 != 0) {
				all.add(broadcasts.report(id, registration * 31, DeliveryOutcome.ACCEPTED, 60));
			}
		}
		List<Runnable> work = new ArrayList<>();
		for (int round = 0; round < 3; round++) {
			Collections.shuffle(all, new Random(round));
			for (int from = 0; from < all.size(); from += 500) {
				List<DeliveryReport> batch = List.copyOf(all.subList(from, Math.min(from + 500, all.size())));
				work.add(() -> takeUntilTaken(batch));
			}
		}
		long[] registrations = LongStream.rangeClosed(1, devices).map(registration -> registration * 31).toArray();
		for (int from = 0; from < devices; from += 500) {
			long[] page = LongStream.of(registrations).skip(from).limit(500).toArray();
			work.add(() -> sayUntilDone(page));
			work.add(() -> sayUntilDone(page));
		}
		Collections.shuffle(work, new Random(7));

		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (Future<?> done : work.stream().map(threads::submit).toList()) {
				done.get();
			}
		}

		assertThat(broadcasts.jobs(id)).isEqualTo("queued=3000 accepted=2000 dead_lettered=1000");
		assertThat(kept()).hasSize(1000);
	}

	/** As the queue does: what was not taken comes again. */
	private void takeUntilTaken(List<DeliveryReport> batch) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
			reports.take(batch);
			return true;
		});
	}

	private void sayUntilDone(long[] page) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> broadcasts.done(id, 0, 99_999L, page).status() == 204);
	}

	private List<String> kept() {
		NotificationId notification = id.broadcastNotification();
		return api.bean(Deliveries.class)
			.of(List.of(notification))
			.getOrDefault(notification, List.of())
			.stream()
			.map(delivery -> delivery.job().registrationId() + " " + delivery.outcome())
			.toList();
	}

}
