package dev.herald.emulators.pushes;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PushLogTests {

	private final PushLog log = new PushLog(10, 5, Clock.systemUTC());

	private static Arrival arrival(String token, @Nullable String notificationId, @Nullable String collapseKey) {
		return new Arrival(Provider.FCM, "com.acme.rider", token, null, null, null, collapseKey, notificationId,
				Map.of(), "{}");
	}

	private void accept(String token, @Nullable String notificationId) {
		this.log.record(arrival(token, notificationId, null), 200, ReceivedPush.ACCEPTED);
	}

	@Test
	void theNewestPushesAreKeptAndAllAreCounted() {
		IntStream.range(0, 25).forEach((number) -> accept("t" + number, null));

		List<ReceivedPush> kept = this.log.find(PushQuery.all());

		assertThat(kept).extracting(ReceivedPush::sequence)
			.containsExactly(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L, 25L);
		assertThat(this.log.counts(Provider.FCM, "com.acme.rider").received()).isEqualTo(25);
	}

	@Test
	void theSameNotificationOnTheSameDeviceIsARepeat() {
		accept("t1", "n1");
		accept("t1", "n1");
		accept("t1", "n1");
		accept("t2", "n1");
		accept("t1", "n2");

		assertThat(this.log.counts(Provider.FCM, "com.acme.rider").repeated()).isEqualTo(2);
		assertThat(this.log.repeated(10))
			.containsExactly(new RepeatedPush(Provider.FCM, "com.acme.rider", "t1", "n1", 3));
		assertThat(this.log.repeatsIncomplete()).isFalse();
	}

	@Test
	void aRefusedPushIsNoRepeatWhenItIsSentAgain() {
		this.log.record(arrival("t1", "n1", null), 503, "UNAVAILABLE");

		accept("t1", "n1");

		assertThat(this.log.counts(Provider.FCM, "com.acme.rider").repeated()).isZero();
	}

	@Test
	void withoutANotificationIdTheCollapseKeyCounts() {
		this.log.record(arrival("t1", null, "k"), 200, ReceivedPush.ACCEPTED);
		this.log.record(arrival("t1", null, "k"), 200, ReceivedPush.ACCEPTED);

		assertThat(this.log.counts(Provider.FCM, "com.acme.rider").repeated()).isEqualTo(1);
	}

	@Test
	void moreThanIsTrackedForRepeatsIsSaidToBeIncomplete() {
		IntStream.range(0, 6).forEach((number) -> accept("t" + number, "n1"));

		accept("t0", "n1");

		assertThat(this.log.repeatsIncomplete()).isTrue();
		assertThat(this.log.counts(Provider.FCM, "com.acme.rider").repeated()).isEqualTo(1);
	}

	@Test
	void clearingForgetsWhatWasAndTheSequenceGoesOn() {
		accept("t1", "n1");
		this.log.clear();

		accept("t1", "n1");

		assertThat(this.log.find(PushQuery.all())).extracting(ReceivedPush::sequence).containsExactly(2L);
		assertThat(this.log.counts()).singleElement()
			.isEqualTo(new PushCounts(Provider.FCM, "com.acme.rider", 1, 1, 0, Map.of("accepted", 1L)));
	}

	@Test
	void aReaderThatFollowsMissesNoPushOfManyWriters() throws InterruptedException {
		PushLog large = new PushLog(100_000, 0, Clock.systemUTC());
		CountDownLatch written = new CountDownLatch(4);
		List<Long> followed = new ArrayList<>();
		try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
			for (int writer = 0; writer < 4; writer++) {
				writers.execute(() -> {
					IntStream.range(0, 5_000)
						.forEach((number) -> large.record(arrival("t", null, null), 200, ReceivedPush.ACCEPTED));
					written.countDown();
				});
			}
			while (followed.size() < 20_000) {
				boolean last = written.getCount() == 0;
				long after = followed.isEmpty() ? 0 : followed.getLast();
				large.find(PushQuery.all().withAfter(after)).forEach((push) -> followed.add(push.sequence()));
				if (last && large.find(PushQuery.all().withAfter(followed.getLast())).isEmpty()) {
					break;
				}
			}
		}

		assertThat(followed).hasSize(20_000);
		assertThat(new HashSet<>(followed)).hasSize(20_000);
	}

}
