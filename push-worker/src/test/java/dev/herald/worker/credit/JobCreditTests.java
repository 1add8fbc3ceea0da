package dev.herald.worker.credit;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.identity.Provider;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.credit.JobCredit.Reservation;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.push.Jobs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

class JobCreditTests {

	private final Map<String, Backlog> queues = new HashMap<>();

	private final AtomicLong asked = new AtomicLong();

	private final AtomicLong nanos = new AtomicLong();

	private final JobCredit credit = new JobCredit(queue -> {
		asked.incrementAndGet();
		return queues.getOrDefault(queue, Backlog.UNKNOWN);
	}, 2000, nanos::get);

	@Test
	void thereIsRoomBelowTheMarkOnly() {
		waiting(1999);
		assertThat(reserve(1000)).isPresent();

		waiting(2000);
		assertThat(reserve(1000)).isEmpty();
	}

	@Test
	void whatIsReservedCountsUntilItIsGivenBack() {
		waiting(0);
		Reservation first = reserve(1000).orElseThrow();
		Reservation second = reserve(1000).orElseThrow();
		assertThat(reserve(1000)).isEmpty();

		first.close();
		first.close();
		Reservation third = reserve(1000).orElseThrow();
		assertThat(reserve(1000)).isEmpty();

		second.close();
		third.close();
		assertThat(reserve(1000)).isPresent();
	}

	@Test
	void otherWorkersAreTakenToAddAsMuch() {
		queues.put(BrokerTopology.jobQueueName(RIDER, Provider.FCM), new Backlog(0, 3));

		assertThat(reserve(500)).isPresent();
		assertThat(reserve(500)).as("1,500 of all three").isPresent();
		assertThat(reserve(500)).as("3,000 of all three").isEmpty();
	}

	@Test
	void whatWasQueuedCountsUntilTheBrokerIsAskedAgain() {
		waiting(0);
		try (Reservation reserved = reserve(2000).orElseThrow()) {
			reserved.queued(2000);
		}
		assertThat(reserve(1)).isEmpty();

		nanos.addAndGet(QueueCredit.FRESH.toNanos());
		assertThat(reserve(1)).isPresent();
	}

	@Test
	void theBrokerIsAskedOnceInATenthOfASecond() {
		waiting(0);
		asked.set(0);

		for (int i = 0; i < 50; i++) {
			reserve(1).orElseThrow().close();
		}

		assertThat(asked).hasValueLessThanOrEqualTo(1);
	}

	@Test
	void oneFullQueueLeavesTheOthersTheirRoom() {
		queues.put(BrokerTopology.jobQueueName(DRIVER, Provider.FCM), new Backlog(5, 1));
		waiting(1_000_000);

		assertThat(reserve(1000)).isEmpty();
		assertThat(credit.reserve(DRIVER, Provider.FCM, 1000)).isPresent();
	}

	@Test
	void nothingIsKnownOfAQueueThatTheBrokerDoesNotTellOf() {
		assertThat(reserve(1)).isEmpty();
		assertThat(credit.isConsumed(RIDER, Provider.FCM)).isFalse();
		assertThat(hasRoomSoon()).isFalse();
	}

	@Test
	void aFullQueueHasRoomSoonIfItsJobsAreTakenFast() {
		waiting(10_000);
		assertThat(hasRoomSoon()).as("nothing is known of its speed yet").isTrue();

		aSecondLater(4000);
		assertThat(hasRoomSoon()).as("6,000 a second").isTrue();

		aSecondLater(3900);
		assertThat(hasRoomSoon()).as("100 a second").isFalse();

		aSecondLater(1900);
		assertThat(hasRoomSoon()).as("2,000 a second").isTrue();
	}

	@Test
	void aPageOnItsWayDoesNotMakeAFastQueueSeemSlow() {
		waiting(1500);
		assertThat(hasRoomSoon()).isTrue();
		aSecondLater(500);
		assertThat(hasRoomSoon()).as("1,000 a second").isTrue();

		waiting(900);

		assertThat(hasRoomSoon()).as("500 have come, and none of them is confirmed").isTrue();
	}

	@Test
	void howFastItWasLongAgoSaysNothing() {
		waiting(2000);
		assertThat(hasRoomSoon()).isTrue();
		aSecondLater(1990);
		assertThat(hasRoomSoon()).as("10 a second").isFalse();

		nanos.addAndGet(Duration.ofMinutes(1).toNanos());

		assertThat(hasRoomSoon()).isTrue();
	}

	@Test
	void whatWasAddedMeanwhileHasLeftAsWell() {
		waiting(1900);
		try (Reservation reserved = reserve(300).orElseThrow()) {
			reserved.queued(300);
		}

		aSecondLater(1400);

		assertThat(hasRoomSoon()).as("800 a second").isTrue();
	}

	@Test
	void otherWorkersAreTakenToAddAsMuchToAFullQueue() {
		waiting(new Backlog(2000, 8));
		assertThat(hasRoomSoon()).isTrue();
		aSecondLater(new Backlog(1800, 8));
		assertThat(hasRoomSoon()).as("1,600 a second of all eight").isTrue();

		aSecondLater(new Backlog(1700, 8));
		assertThat(hasRoomSoon()).as("800 a second of all eight").isFalse();
	}

	@Test
	void aQueueThatNobodyTakesFromHasNoRoomSoon() {
		waiting(new Backlog(2000, 1));
		waiting(new Backlog(1000, 0));

		assertThat(hasRoomSoon()).isFalse();
	}

	@Test
	void theBrokerTellsOfItsQueues() throws Exception {
		try (TestBroker broker = Backends.broker(); BrokerPeer peer = BrokerPeer.of(broker)) {
			peer.reset(RIDER);
			CachingConnectionFactory connections = new CachingConnectionFactory(broker.connectionFactory());
			try (BrokerBacklogs backlogs = new BrokerBacklogs(connections)) {
				assertThat(backlogs.of("push.not-there")).isEqualTo(Backlog.UNKNOWN);
				assertThat(backlogs.of(BrokerTopology.jobQueueName(RIDER, Provider.FCM))).isEqualTo(new Backlog(0, 0));
				peer.send(Jobs.job(RIDER, Provider.FCM));
				org.awaitility.Awaitility.await()
					.until(() -> backlogs.of(BrokerTopology.jobQueueName(RIDER, Provider.FCM)).ready() == 1);
			}
			finally {
				connections.destroy();
			}
		}
	}

	private void waiting(long jobs) {
		waiting(new Backlog(jobs, 1));
	}

	/** A tenth of a second after the last time. */
	private void waiting(Backlog backlog) {
		queues.put(BrokerTopology.jobQueueName(RIDER, Provider.FCM), backlog);
		nanos.addAndGet(QueueCredit.FRESH.toNanos());
	}

	private void aSecondLater(long jobs) {
		aSecondLater(new Backlog(jobs, 1));
	}

	private void aSecondLater(Backlog backlog) {
		nanos.addAndGet(Duration.ofSeconds(1).minus(QueueCredit.FRESH).toNanos());
		waiting(backlog);
	}

	private boolean hasRoomSoon() {
		return credit.hasRoomSoon(RIDER, Provider.FCM);
	}

	private Optional<Reservation> reserve(int jobs) {
		return credit.reserve(RIDER, Provider.FCM, jobs);
	}

}
