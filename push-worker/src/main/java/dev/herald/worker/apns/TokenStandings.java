package dev.herald.worker.apns;

import dev.herald.common.identity.DeviceToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how the tokens of one application and environment were answered. Safe for use
 * by many threads.
 */
final class TokenStandings {

	/** How long one acceptance shows that environment and topic are right. */
	static final Duration ACCEPTANCE_COUNTS_FOR = Duration.ofMinutes(10);

	/** How many different tokens must be refused in a row to show that they are wrong. */
	static final int REFUSALS_THAT_CONVICT = 10;

	private final Clock clock;

	private final Set<DeviceToken> refused = new HashSet<>();

	private volatile @Nullable Instant lastAccepted;

	TokenStandings(Clock clock) {
		this.clock = clock;
	}

	/** A token was accepted. */
	void accepted() {
		lastAccepted = clock.instant();
		if (!refused.isEmpty()) {
			forgetRefused();
		}
	}

	private void forgetRefused() {
		synchronized (refused) {
			refused.clear();
		}
	}

	/**
	 * A token was answered with {@code BadDeviceToken} or its like.
	 * @return how the application stands now, this token included
	 */
	TokenStanding refused(DeviceToken token) {
		Instant accepted = lastAccepted;
		if (accepted != null && accepted.plus(ACCEPTANCE_COUNTS_FOR).isAfter(clock.instant())) {
			return TokenStanding.ACCEPTED;
		}
		synchronized (refused) {
			if (refused.size() < REFUSALS_THAT_CONVICT) {
				refused.add(token);
			}
			return refused.size() < REFUSALS_THAT_CONVICT ? TokenStanding.UNKNOWN : TokenStanding.REFUSED;
		}
	}

}
