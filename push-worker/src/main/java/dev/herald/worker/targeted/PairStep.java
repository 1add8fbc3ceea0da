package dev.herald.worker.targeted;

import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.campaign.PairEnding;
import java.util.List;

/** What is to be done about a pair at this moment. */
sealed interface PairStep {

	/** It is over once these messages are confirmed. */
	record End(PairEnding ending, List<OutgoingMessage> messages) implements PairStep {
	}

	/** It comes again after a delay. */
	record Later(OutgoingMessage message) implements PairStep {
	}

	/** It stays with this worker, unacknowledged, and takes up room. */
	record Hold(String reason) implements PairStep {
	}

}
