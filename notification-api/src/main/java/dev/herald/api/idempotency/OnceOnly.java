package dev.herald.api.idempotency;

import dev.herald.api.http.Deadline;
import dev.herald.base.problem.UnavailableException;
import dev.herald.common.identity.NotificationId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a request that may be repeated under an idempotency key: it takes effect
 * once, and a repetition is answered as the first time. Safe for use by many threads.
 */
public final class OnceOnly {

	private static final String DATABASE = "the database";

	private final IdempotencyKeys keys;

	OnceOnly(IdempotencyKeys keys) {
		this.keys = keys;
	}

	/**
	 * Carries out a request, unless it was before.
	 * @param key its key, or null if it has none
	 * @param request all that it asks for
	 * @throws IdempotencyConflictException if the key was used for another request, or is
	 * in use at this moment
	 * @throws UnavailableException if the database is away; nothing was done
	 */
	public <T> T carryOut(@Nullable IdempotencyKey key, Object request, Deadline deadline, Attempt<T> attempt) {
		NotificationId proposed = NotificationId.create();
		if (key == null) {
			return attempt.carryOut(proposed);
		}
		return switch (reserve(key, RequestHash.of(request), proposed, deadline)) {
			case Reservation.Granted granted -> carryOut(granted, deadline, attempt);
			case Reservation.Answered answered -> attempt.answer(answered.notificationId(), answered.devices());
			case Reservation.UnderWay underWay -> throw IdempotencyConflictException.underWay();
			case Reservation.OtherRequest other -> throw IdempotencyConflictException.otherRequest();
		};
	}

	private Reservation reserve(IdempotencyKey key, RequestHash hash, NotificationId proposed, Deadline deadline) {
		CompletableFuture<Reservation> reservation = keys.reserve(key, hash, proposed);
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

	private <T> T carryOut(Reservation.Granted granted, Deadline deadline, Attempt<T> attempt) {
		try {
			T answer = attempt.carryOut(granted.notificationId());
			remember(granted, attempt.devices(answer), deadline);
			return answer;
		}
		catch (RuntimeException ex) {
			keys.release(granted);
			throw ex;
		}
	}

	/**
	 * It was carried out, so the answer is yes, even if that cannot be remembered: a
	 * repetition then does the same again, which counts once.
	 */
	private void remember(Reservation.Granted granted, int devices, Deadline deadline) {
		try {
			deadline.await(keys.complete(granted, devices), DATABASE);
		}
		catch (UnavailableException ignored) {
			// Logged where it failed.
		}
	}

	/**
	 * One attempt at a request.
	 *
	 * @param <T> the answer
	 */
	public interface Attempt<T> {

		/** Carries it out under this id: an earlier attempt that died had the same. */
		T carryOut(NotificationId id);

		/** What is to be remembered of the answer, besides the id. */
		int devices(T answer);

		/** The answer as it was given the first time. */
		T answer(NotificationId id, int devices);

	}

}
