package dev.herald.api.idempotency;

import dev.herald.common.identity.NotificationId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a request that is repeated under its key take effect once, over all instances of
 * the service. An attempt holds a lease while it runs; if it dies, a repetition takes
 * over once the lease is over. Nothing here blocks: requests that arrive together share
 * statements. Safe for use by many threads.
 */
public interface IdempotencyKeys {

	/** How long a key is remembered. */
	Duration KEPT = Duration.ofHours(24);

	/**
	 * How long an attempt has the key for itself: longer than any request may take, and
	 * than the clocks of two instances may differ.
	 */
	Duration LEASE = Duration.ofSeconds(10);

	/**
	 * Reserves the key for a request, or tells what became of it.
	 * @param proposed the notification id, should the key be new
	 * @return fails with a {@link org.springframework.dao.DataAccessException} or with
	 * {@link dev.herald.base.coalesce.TooManyWaitingException}
	 */
	CompletableFuture<Reservation> reserve(IdempotencyKey key, RequestHash hash, NotificationId proposed);

	/** Remembers that the request was carried out, and to how many devices it went. */
	CompletableFuture<?> complete(Reservation.Granted granted, int devices);

	/**
	 * Gives a reservation back after its request has failed, so that the next need not
	 * wait.
	 */
	CompletableFuture<?> release(Reservation.Granted granted);

	/**
	 * Forgets keys first used before the moment.
	 * @param limit how many at most
	 * @return how many were forgotten
	 */
	int deleteBefore(Instant moment, int limit);

}
