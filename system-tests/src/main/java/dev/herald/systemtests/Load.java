package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.PushQuery;
import dev.herald.emulators.pushes.ReceivedPush;
import dev.herald.systemtests.HeraldClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Users of two applications, each with an Android and an Apple device, and threads that
 * send to them until told to stop. Whatever is answered with anything but 202 is not
 * counted: the caller was told. Not for use by several threads, but for {@link #stop()}.
 */
public final class Load implements AutoCloseable {

	private static final int USERS = 20;

	private static final int DEVICES_PER_USER = 2;

	private static final List<ApplicationId> APPLICATIONS = List.of(House.RIDER, House.DRIVER);

	private static final Duration PAUSE_BETWEEN_SENDS = Duration.ofMillis(20);

	private final House house;

	private final Queue<NotificationId> taken = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean running = new AtomicBoolean(true);

	private final List<Thread> senders = new ArrayList<>();

	private Load(House house) {
		this.house = house;
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

	/** Starts one sender for each application. */
	public static Load start(House house) {
		Load load = new Load(house);
		for (ApplicationId application : APPLICATIONS) {
			load.senders.add(Thread.ofVirtual().start(() -> load.send(application)));
		}
		return load;
	}

	private void send(ApplicationId application) {
		for (int i = 0; running.get(); i++) {
			Answer answer = house.client().send(user(i % USERS), application.value(), "Notification " + i);
			if (answer.status() == 202) {
				taken.add(answer.notificationId());
			}
			Pause.of(PAUSE_BETWEEN_SENDS);
		}
	}

	private static UserId user(int number) {
		return new UserId("load-" + number);
	}

	/** Ends the sending and waits for the last answers. */
	public void stop() {
		running.set(false);
		for (Thread sender : senders) {
			try {
				sender.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted", ex);
			}
		}
	}

	/** Waits until every job has ended, or patience has, and counts. */
	public Result result(Duration patience) {
		Instant deadline = Instant.now().plus(patience);
		Books total = Books.NONE;
		for (NotificationId notification : taken) {
			Duration left = Duration.between(Instant.now(), deadline);
			total = total.plus(Books.whenNothingIsPending(house.client(), List.of(notification), left));
		}
		Map<String, Integer> accepted = acceptedByNotification();
		int reached = 0;
		int repeated = 0;
		for (NotificationId notification : taken) {
			int pushes = accepted.getOrDefault(notification.toString(), 0);
			reached += Math.min(pushes, DEVICES_PER_USER);
			repeated += Math.max(0, pushes - DEVICES_PER_USER);
		}
		return new Result(taken.size() * DEVICES_PER_USER, reached, repeated, total);
	}

	private Map<String, Integer> acceptedByNotification() {
		Map<String, Integer> accepted = new HashMap<>();
		long after = 0;
		List<ReceivedPush> page;
		do {
			page = house.emulators().pushes().find(PushQuery.all().withAfter(after));
			for (ReceivedPush push : page) {
				if (push.accepted() && push.notificationId() != null) {
					accepted.merge(Objects.requireNonNull(push.notificationId()), 1, Integer::sum);
				}
				after = push.sequence();
			}
		}
		while (!page.isEmpty());
		return accepted;
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * What became of it.
	 *
	 * @param jobs the jobs of all that was answered with 202
	 * @param reached how many of them a provider took at least once
	 * @param repeated how many pushes a provider took beyond the first of their job
	 * @param books what the API tells
	 */
	public record Result(int jobs, int reached, int repeated, Books books) {

		/** Jobs that no provider took, although nothing was wrong with them. */
		public int lost() {
			return jobs - reached;
		}

	}

}
