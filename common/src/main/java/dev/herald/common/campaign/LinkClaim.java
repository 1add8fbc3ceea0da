package dev.herald.common.campaign;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The notification API's answer to {@code POST
 * /internal/campaigns/{id}/chains/{chain}/claim?after=}: what a worker may do with a
 * {@link BroadcastLink}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({ @JsonSubTypes.Type(value = LinkClaim.Granted.class, name = "granted"),
		@JsonSubTypes.Type(value = LinkClaim.Later.class, name = "later"),
		@JsonSubTypes.Type(value = LinkClaim.Over.class, name = "over") })
public sealed interface LinkClaim {

	/**
	 * Nobody else works this link for the next seconds: expand this page, publish the
	 * jobs, publish the next link, say {@link PageDone}, acknowledge, in this order.
	 *
	 * @param page which devices
	 * @param content what to show
	 * @param acceptedAt when the campaign was taken
	 * @param expiresAt when it is no longer worth showing
	 * @param nextInMillis how long from now the page that follows a full one is not
	 * granted yet, by the campaign's rate; absent if it is granted at once
	 */
	record Granted(DevicePageQuery page, PushContent content, PushPriority priority, @Nullable String collapseKey,
			Instant acceptedAt, Instant expiresAt, @Nullable Long nextInMillis) implements LinkClaim {

		/**
		 * @throws NullPointerException if a field is missing, naming it
		 */
		public Granted {
			requireNonNull(page, "page is missing");
			requireNonNull(content, "content is missing");
			requireNonNull(priority, "priority is missing");
			requireNonNull(acceptedAt, "accepted_at is missing");
			requireNonNull(expiresAt, "expires_at is missing");
		}

	}

	/**
	 * Not yet: it is paused, it is not its turn by the campaign's rate, or another worker
	 * holds it.
	 *
	 * @param waitMillis how long at least
	 */
	record Later(long waitMillis) implements LinkClaim {

		/**
		 * A link may come this much later than it was told without slowing its campaign
		 * down: the API makes up for it. So one that is to wait for longer need not come
		 * in time.
		 */
		public static final Duration MADE_UP_FOR = Duration.ofMillis(500);

	}

	/**
	 * Never: the campaign was cancelled or is unknown, or the chain is beyond this link.
	 */
	record Over() implements LinkClaim {
	}

}
