package dev.herald.api.intake;

import dev.herald.api.devices.DeviceDirectory;
import dev.herald.api.http.Deadline;
import dev.herald.api.idempotency.IdempotencyConflictException;
import dev.herald.api.idempotency.IdempotencyKey;
import dev.herald.api.idempotency.OnceOnly;
import dev.herald.api.notification.Notifications;
import dev.herald.base.problem.UnavailableException;
import dev.herald.common.device.Device;
import dev.herald.common.identity.NotificationId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes a notification: looks up the user's devices, keeps the notification, and
 * publishes a job for each device. It is taken once the broker has confirmed every job,
 * and not otherwise.
 *
 * <p>
 * The notification is kept before its jobs are published, so that it is known as soon as
 * its sender has an answer. Where publishing fails it is withdrawn; where the service
 * dies between the two, it stays as a notification whose jobs are pending for ever, which
 * nobody was told of. Safe for use by many threads.
 */
final class NotificationIntake {

	private static final String TOKEN_STORE = "the token store";

	private static final String DATABASE = "the database";

	private final AddressedApplications applications;

	private final DeviceDirectory directory;

	private final Notifications notifications;

	private final PushJobPublisher publisher;

	private final OnceOnly requests;

	private final Clock clock;

	NotificationIntake(AddressedApplications applications, DeviceDirectory directory, Notifications notifications,
			PushJobPublisher publisher, OnceOnly requests, Clock clock) {
		this.applications = applications;
		this.directory = directory;
		this.notifications = notifications;
		this.publisher = publisher;
		this.requests = requests;
		this.clock = clock;
	}

	/**
	 * Takes a notification, or answers as the first time where it was taken before under
	 * the same key.
	 * @throws dev.herald.base.problem.UnknownApplicationException if its application is
	 * not configured
	 * @throws PayloadTooLargeException if a provider would refuse it for its size
	 * @throws IdempotencyConflictException if its key was used for another request, or is
	 * in use at this moment
	 * @throws UnavailableException if something is away; it was not taken
	 */
	Receipt take(NotificationOrder order, @Nullable IdempotencyKey key) {
		Deadline deadline = Deadline.ofNewRequest();
		applications.check(order);
		publisher.requireBroker();
		return requests.carryOut(key, order, deadline, new OnceOnly.Attempt<>() {

			@Override
			public Receipt carryOut(NotificationId id) {
				return send(id, order, deadline);
			}

			@Override
			public int devices(Receipt receipt) {
				return receipt.devices();
			}

			@Override
			public Receipt answer(NotificationId id, int devices) {
				return Receipt.of(id, devices);
			}

		});
	}

	private Receipt send(NotificationId id, NotificationOrder order, Deadline deadline) {
		return Receipt.of(id, new Sending(id, order, deadline).await());
	}

	/**
	 * A notification on its way. Its steps follow one another by themselves, and are
	 * waited for once: each wait with a time limit wakes a thread that keeps the time.
	 */
	private final class Sending {

		private final NotificationId id;

		private final NotificationOrder order;

		private final Deadline deadline;

		// Before the look-up: a worker believes that the devices were registered then.
		private final Instant acceptedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);

		private final CompletableFuture<List<Device>> devices;

		private final CompletableFuture<?> kept;

		private final CompletableFuture<@Nullable Void> published;

		Sending(NotificationId id, NotificationOrder order, Deadline deadline) {
			this.id = id;
			this.order = order;
			this.deadline = deadline;
			this.devices = directory.devicesOf(order.recipient()).thenApply(applications::reachable);
			this.kept = devices.thenCompose(this::keep);
			this.published = kept.thenCompose(done -> publish(devices.join()));
		}

		/**
		 * Waits until the broker has every job.
		 * @return how many devices there are
		 */
		int await() {
			try {
				deadline.await(published, this::awaited);
				return devices.join().size();
			}
			catch (UnavailableException ex) {
				kept.thenAccept(late -> notifications.withdraw(id, acceptedAt));
				throw ex;
			}
		}

		private String awaited() {
			if (devices.state() != Future.State.SUCCESS) {
				return TOKEN_STORE;
			}
			return kept.state() == Future.State.SUCCESS ? PushJobPublisher.BROKER : DATABASE;
		}

		private CompletableFuture<?> keep(List<Device> found) {
			deadline.check(TOKEN_STORE);
			return notifications.keep(order.accept(id, found, acceptedAt));
		}

		private CompletableFuture<@Nullable Void> publish(List<Device> found) {
			deadline.check(DATABASE);
			return publisher.publish(found.stream().map(device -> order.job(id, device, acceptedAt)).toList());
		}

	}

}
