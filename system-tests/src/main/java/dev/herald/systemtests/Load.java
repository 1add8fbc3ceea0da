package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import dev.herald.emulators.pushes.Provider;
import dev.herald.systemtests.HeraldClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Users of two applications, each with an Android and an Apple device, and threads that
 * send to them at a steady rate until told to stop. Whatever is answered with anything
 * but 202 is not sent again: the caller was told. A sender that is kept waiting goes on
 * at its rate afterwards and makes up for nothing. To be used by one thread.
 */
public final class Load implements AutoCloseable {

	/** How many devices every notification of a load is for. */
	static final int DEVICES_PER_USER = 2;

	private static final int USERS = 20;

	private static final int SENDERS_PER_APPLICATION = 8;

	private static final List<ApplicationId> APPLICATIONS = List.of(House.RIDER, House.DRIVER);

	private final House house;

	private final long intervalNanos;

	private final long startedNanos = System.nanoTime();

	private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();

	private final AtomicInteger takenCount = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicBoolean running = new AtomicBoolean(true);

	private final List<Thread> senders = new ArrayList<>();

	private long stoppedNanos;

	private Load(House house, int perSecond) {
		this.house = house;
		this.intervalNanos = TimeUnit.SECONDS.toNanos(SENDERS_PER_APPLICATION) / perSecond;
	}

	/** How many devices {@link #register} registers. */
	static int deviceCount() {
		return USERS * APPLICATIONS.size() * DEVICES_PER_USER;
	}

	/** Registers every device. */
	public static void register(House house) {
		for (int user = 0; user < USERS; user++) {
			for (ApplicationId application : APPLICATIONS) {
				register(house, application, user, Provider.FCM, dev.herald.common.identity.Provider.FCM);
				register(house, application, user, Provider.APNS, dev.herald.common.identity.Provider.APNS);
			}
		}
	}

	private static void register(House house, ApplicationId application, int user, Provider emulated,
			dev.herald.common.identity.Provider provider) {
		// Tokens are the provider's, whatever the application: no two devices share one.
		long number = 2L * user + APPLICATIONS.indexOf(application);
		Answer answer = house.client()
			.register(user(user), application, new DeviceId("load-" + provider + "-" + user), provider,
					new DeviceToken(emulated.sampleToken(number)));
		if (answer.status() / 100 != 2) {
			throw new IllegalStateException("a device was not registered: " + answer);
		}
	}

	/**
	 * Starts to send.
	 * @param perSecond notifications a second for each of the two applications
	 */
	public static Load start(House house, int perSecond) {
		Load load = new Load(house, perSecond);
		for (ApplicationId application : APPLICATIONS) {
			for (int sender = 0; sender < SENDERS_PER_APPLICATION; sender++) {
				int first = sender;
				load.senders.add(Thread.ofVirtual().start(() -> load.send(application, first)));
			}
		}
		return load;
	}

	private void send(ApplicationId application, int sender) {
		long next = startedNanos + sender * intervalNanos / SENDERS_PER_APPLICATION;
		for (int i = sender; running.get(); i++) {
			Pause.of(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
			send(application, user(i % USERS));
			next = Math.max(next + intervalNanos, System.nanoTime());
		}
	}

	private void send(ApplicationId application, UserId user) {
		long sentNanos = System.nanoTime();
		Answer answer = house.client().send(user, application.value(), "Under load");
		if (answer.status() == 202) {
			taken.add(new Taken(answer.notificationId(), application, sentNanos, answer.took().toNanos()));
			takenCount.incrementAndGet();
		}
		else {
			refused.incrementAndGet();
		}
	}

	private static UserId user(int number) {
		return new UserId("load-" + number);
	}

	/** How many notifications were answered with 202 up to now. */
	public int taken() {
		return takenCount.get();
	}

	/** Ends the sending and waits for the last answers. */
	public void stop() {
		if (!running.getAndSet(false)) {
			return;
		}
		stoppedNanos = System.nanoTime();
		for (Thread sender : senders) {
			Pause.untilEndOf(sender);
		}
	}

	/**
	 * Waits until every job has ended, or patience has, and counts. Only after
	 * {@link #stop()}.
	 * @throws IllegalStateException if the API does not answer
	 */
	public Result result(Duration patience) {
		Instant deadline = Instant.now().plus(patience);
		while (!allArrived() && Instant.now().isBefore(deadline) && !nothingPends()) {
			Pause.of(Duration.ofSeconds(2));
		}
		Map<NotificationId, Books> books = books();
		while (pending(books) > 0 && Instant.now().isBefore(deadline)) {
			Pause.of(Duration.ofMillis(500));
			books = books();
		}
		return count(books);
	}

	/**
	 * What the providers tell, without asking the API.
	 */
	public Result resultWithoutBooks() {
		return count(Map.of());
	}

	private boolean allArrived() {
		return taken.stream().allMatch(it -> house.arrivals().devices(it.id) == DEVICES_PER_USER);
	}

	private boolean nothingPends() {
		return pending(books()) == 0;
	}

	private Map<NotificationId, Books> books() {
		return Books.each(house.client(), taken.stream().map(Taken::id).collect(Collectors.toSet()));
	}

	private int pending(Map<NotificationId, Books> books) {
		int unknown = (taken.size() - books.size()) * DEVICES_PER_USER;
		return unknown + books.values().stream().mapToInt(each -> each.count("pending")).sum();
	}

	private Result count(Map<NotificationId, Books> books) {
		int reached = 0;
		int repeated = 0;
		int lost = 0;
		int unbalanced = 0;
		for (Taken notification : taken) {
			Books ofIt = books.getOrDefault(notification.id, Books.NONE);
			int devices = house.arrivals().devices(notification.id);
			reached += devices;
			repeated += house.arrivals().repeats(notification.id);
			lost += Math.max(0, DEVICES_PER_USER - devices - ofIt.endedOtherwise());
			unbalanced += tellsTheSame(ofIt, devices) ? 0 : 1;
		}
		Books total = books.values().stream().reduce(Books.NONE, Books::plus);
		return new Result(taken.size(), refused.get(), reached, repeated, lost, unbalanced, total);
	}

	private static boolean tellsTheSame(Books books, int devices) {
		return books.balance() && books.jobs() == DEVICES_PER_USER && books.count("pending") == 0
				&& books.count("accepted") == devices;
	}

	/**
	 * Pushes as they reached their providers, seen from outside; only after
	 * {@link #stop()}.
	 */
	public Pace pace() {
		Function<Taken, Pace.Notification> withArrivals = it -> new Pace.Notification(it.application, it.sentNanos,
				it.answeredAfterNanos, house.arrivals().firsts(it.id));
		return new Pace(startedNanos, stoppedNanos, taken.stream().map(withArrivals).toList());
	}

	@Override
	public void close() {
		stop();
	}

	private record Taken(NotificationId id, ApplicationId application, long sentNanos, long answeredAfterNanos) {
	}

	/**
	 * What became of it.
	 *
	 * @param taken the notifications answered with 202
	 * @param refused those answered otherwise, or not at all
	 * @param reached how many jobs of what was taken a provider accepted at least once
	 * @param repeated how many pushes a provider accepted beyond the first of their job
	 * @param lost jobs that no provider accepted, and of which the API does not tell how
	 * they ended otherwise
	 * @param unbalanced notifications of which the API and the providers tell different
	 * things, or whose jobs do not add up or are still pending
	 * @param books what the API tells
	 */
	public record Result(int taken, int refused, int reached, int repeated, int lost, int unbalanced, Books books) {

		/** The result of no load. */
		static final Result NONE = new Result(0, 0, 0, 0, 0, 0, Books.NONE);

		/** Both together. */
		Result plus(Result other) {
			return new Result(taken + other.taken, refused + other.refused, reached + other.reached,
					repeated + other.repeated, lost + other.lost, unbalanced + other.unbalanced,
					books.plus(other.books));
		}

		/** The jobs of all that was taken. */
		public int jobs() {
			return taken * DEVICES_PER_USER;
		}

	}

}
