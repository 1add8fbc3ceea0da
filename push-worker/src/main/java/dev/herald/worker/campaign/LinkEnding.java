package dev.herald.worker.campaign;

import dev.herald.base.broker.OutgoingMessage;

/**
 * How the work on a link ended; anything else is an exception, and the link goes back.
 */
sealed interface LinkEnding {

	/**
	 * Its page is expanded, or must not be: the link can be acknowledged.
	 */
	record Done() implements LinkEnding {
	}

	/**
	 * Not now.
	 *
	 * @param message to publish before the link is acknowledged: the same link, on its
	 * way through a delay
	 */
	record Waits(Reason reason, OutgoingMessage message) implements LinkEnding {
	}

	/** What a link waits for. */
	enum Reason {

		/** Enough jobs wait in the queue it feeds. */
		NO_ROOM("no_room"),

		/**
		 * The campaign is paused, keeps to its rate, or another worker holds the link.
		 */
		NOT_ITS_TURN("not_its_turn"),

		/** The application, or its provider, was taken out of the file. */
		NOT_CONFIGURED("not_configured"),

		/** The notification API or the token store does not answer. */
		SERVICE_AWAY("service_away");

		private final String tag;

		Reason(String tag) {
			this.tag = tag;
		}

		/** The value of the metric's tag {@code reason}. */
		String tag() {
			return tag;
		}

	}

}
