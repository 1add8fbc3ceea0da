package dev.herald.worker.fcm;

import com.google.firebase.messaging.MessagingErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why FCM did not take a push, freed from the SDK's exceptions. */
sealed interface FcmFailure {

	/**
	 * FCM answered with an error.
	 *
	 * @param status the HTTP status
	 * @param code FCM's own code, or null where the answer held none
	 * @param message FCM's explanation, in its words
	 * @param retryAfter what the {@code Retry-After} header asked for, or null
	 */
	record Answer(int status, @Nullable MessagingErrorCode code, String message,
			@Nullable Duration retryAfter) implements FcmFailure {
	}

	/**
	 * Google gave no access token for the service account.
	 *
	 * @param transientFailure whether the trouble is theirs and passes, rather than the
	 * account having been refused
	 */
	record NoAccessToken(boolean transientFailure, String message) implements FcmFailure {
	}

	/** No answer that could be understood came: refused, dropped, timed out, garbled. */
	record NoAnswer(String message) implements FcmFailure {
	}

}
