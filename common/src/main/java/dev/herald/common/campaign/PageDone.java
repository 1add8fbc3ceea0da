package dev.herald.common.campaign;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.RegistrationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /internal/campaigns/{id}/chains/{chain}/done}: a page of a
 * broadcast was expanded, its jobs and the next link are with the broker. May be said
 * twice, and counts once.
 *
 * @param after where the page began: the last registration before it
 * @param next where the next page begins, or null if the chain has ended
 * @param queued the registrations for which a job was published
 */
public record PageDone(long after, @Nullable Long next, List<RegistrationId> queued) {

	/**
	 * @throws NullPointerException if the registrations are missing
	 */
	public PageDone {
		requireNonNull(queued, "queued is missing");
		queued = List.copyOf(queued);
	}

}
