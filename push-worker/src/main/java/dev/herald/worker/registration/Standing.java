package dev.herald.worker.registration;

import dev.herald.common.device.Device;
import java.time.Duration;
import java.time.Instant;

/** Where the registration of a job's device stands. */
public sealed interface Standing {

	/**
	 * The device is registered, and the job may be sent.
	 *
	 * @param device as it is registered; its token may be another than the job's
	 * @param asOf the latest moment of which this is known
	 */
	record Registered(Device device, Instant asOf) implements Standing {
	}

	/** The job must not be sent here and now. */
	sealed interface Unsendable extends Standing {

	}

	/**
	 * The login that the job is for is over: the user logged out, somebody else logged in
	 * on the device, or the provider declared its token dead.
	 */
	record LoggedOut() implements Unsendable {
	}

	/**
	 * The device is registered with the other provider now.
	 *
	 * @param device as it is registered
	 */
	record Moved(Device device) implements Unsendable {
	}

	/**
	 * Nobody knows, since the token store does not answer.
	 *
	 * @param reason what is wrong with it
	 * @param askAgainAfter how long to wait until asking again: the longer it has been
	 * away, the longer
	 */
	record Unknown(String reason, Duration askAgainAfter) implements Unsendable {
	}

}
