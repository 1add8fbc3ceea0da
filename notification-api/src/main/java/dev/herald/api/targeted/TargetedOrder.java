package dev.herald.api.targeted;

import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a stream of pairs asks for, besides its pairs. */
record TargetedOrder(ApplicationId application, int ttlSeconds, PushPriority priority, @Nullable String collapseKey) {

	/**
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	TargetedOrder {
		// The same bounds as a pair's own.
		new TargetedPair(new UserId("any"), "any", null, null, ttlSeconds, priority, collapseKey);
	}

	Duration ttl() {
		return Duration.ofSeconds(ttlSeconds);
	}

}
