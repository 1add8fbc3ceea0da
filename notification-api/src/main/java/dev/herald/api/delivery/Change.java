package dev.herald.api.delivery;

import dev.herald.common.push.DeliveryOutcome;

/** What a report changed in the books. */
public sealed interface Change {

	/** How the job ended. */
	Delivery delivery();

	/** A job that was pending ended. */
	record Ended(Delivery delivery) implements Change {
	}

	/** A job that had ended turned out, or came, to end otherwise. */
	record Revised(Delivery delivery, DeliveryOutcome from) implements Change {
	}

}
