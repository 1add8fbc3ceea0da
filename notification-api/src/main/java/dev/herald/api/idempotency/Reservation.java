package dev.herald.api.idempotency;

import dev.herald.common.identity.NotificationId;
import java.time.Instant;

/** What a request under an idempotency key finds. */
public sealed interface Reservation {

	/**
	 * The request is the caller's to carry out: it is the first, or the attempt before it
	 * failed or died half-way. Every attempt uses the same notification id, so what an
	 * earlier one has published counts as the same jobs.
	 *
	 * @param leaseUntil when another attempt may start; also tells attempts apart
	 */
	record Granted(IdempotencyKey key, RequestHash hash, NotificationId notificationId,
			Instant leaseUntil) implements Reservation {
	}

	/**
	 * The request was carried out.
	 *
	 * @param devices to how many devices it went
	 */
	record Answered(NotificationId notificationId, int devices) implements Reservation {
	}

	/** The same request is being carried out at this moment. */
	record UnderWay() implements Reservation {
	}

	/** The key was used for another request. */
	record OtherRequest() implements Reservation {
	}

}
