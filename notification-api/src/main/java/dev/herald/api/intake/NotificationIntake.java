package dev.herald.api.intake;

import dev.herald.api.devices.DeviceDirectory;
import dev.herald.api.http.Deadline;
import dev.herald.api.idempotency.IdempotencyKey;
import dev.herald.api.idempotency.IdempotencyKeys;
import dev.herald.api.idempotency.RequestHash;
import dev.herald.api.idempotency.Reservation;
import dev.herald.api.notification.Notifications;
import dev.herald.base.problem.UnavailableException;
import dev.herald.common.device.Device;
import dev.herald.common.identity.NotificationId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

	private static final String DATABASE = "the database";

	private final AddressedApplications applications;

	private final DeviceDirectory directory;

	private final Notifications notifications;

	private final PushJobPublisher publisher;

	private final IdempotencyKeys keys;

	private final Clock clock;

	NotificationIntake(AddressedApplications applications, DeviceDirectory directory, Notifications notifications,
			PushJobPublisher publisher, IdempotencyKeys keys, Clock clock) {
		this.applications = applications;
		this.directory = directory;
		this.notifications = notifications;
		this.publisher = publisher;
		this.keys = keys;
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
		NotificationId proposed = NotificationId.create();
		return key == null ? send(proposed, order, deadline) : sendOnce(key, proposed, order, deadline);
	}

	private Receipt sendOnce(IdempotencyKey key, NotificationId proposed, NotificationOrder order, Deadline deadline) {
		return switch (reserve(key, proposed, order, deadline)) {
			case Reservation.Granted granted -> sendReserved(granted, order, deadline);
			case Reservation.Answered answered -> Receipt.of(answered.notificationId(), answered.devices());
			case Reservation.UnderWay underWay -> throw IdempotencyConflictException.underWay();
			case Reservation.OtherRequest other -> throw IdempotencyConflictException.otherRequest();
		};
	}

	private Reservation reserve(IdempotencyKey key, NotificationId proposed, NotificationOrder order,
			Deadline deadline) {
		CompletableFuture<Reservation> reservation = keys.reserve(key, RequestHash.of(order), proposed);
		try {
			return deadline.await(reservation, DATABASE);
		}
		catch (UnavailableException ex) {
			reservation.thenAccept(this::releaseIfGranted);
			throw ex;
		}
	}

	private void releaseIfGranted(Reservation late) {
		if (late instanceof Reservation.Granted granted) {
			keys.release(granted);
		}
	}

	private Receipt sendReserved(Reservation.Granted granted, NotificationOrder order, Deadline deadline) {
		try {
			Receipt receipt = send(granted.notificationId(), order, deadline);
			remember(granted, receipt, deadline);
			return receipt;
		}
		catch (RuntimeException ex) {
			keys.release(granted);
			throw ex;
		}
	}

	/**
	 * The jobs are confirmed, so the answer is yes, even if it cannot be remembered: a
	 * repetition then publishes the same jobs again, which count once.
	 */
	private void remember(Reservation.Granted granted, Receipt receipt, Deadline deadline) {
		try {
			deadline.await(keys.complete(granted, receipt.devices()), DATABASE);
		}
		catch (UnavailableException ignored) {
			// Logged where it failed.
		}
	}

	private Receipt send(NotificationId id, NotificationOrder order, Deadline deadline) {
		// Before the look-up: a worker believes that the devices were registered then.
		Instant acceptedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<Device> devices = applications
			.reachable(deadline.await(directory.devicesOf(order.recipient()), "the token store"));
		CompletableFuture<?> kept = notifications.keep(order.accept(id, devices, acceptedAt));
		try {
			deadline.await(kept, DATABASE);
			deadline.await(
					publisher.publish(devices.stream().map(device -> order.job(id, device, acceptedAt)).toList()),
					PushJobPublisher.BROKER);
			return Receipt.of(id, devices.size());
		}
		catch (UnavailableException ex) {
			kept.thenAccept(late -> notifications.withdraw(id, acceptedAt));
			throw ex;
		}
	}

}
