package dev.herald.worker.job;

/** Why a {@link PushJobListener} stopped listening. */
sealed interface ListeningEnd {

	/** It was told to. */
	record Told() implements ListeningEnd {
	}

	/** The channel is gone, or the broker cancelled the consumer. */
	record Lost() implements ListeningEnd {
	}

	/** The provider refuses the application. */
	record Refused(String reason) implements ListeningEnd {
	}

	/** A probe succeeded: the provider takes the application's pushes. */
	record Proven() implements ListeningEnd {
	}

}
