package dev.herald.api.deadletter;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.util.List;
import java.util.Map;

/** How many dead letters there are, in all and of each group. */
record DeadLetterCounts(long total, List<Group> groups) {

	static DeadLetterCounts of(Map<DeadLetterGroup, Long> counts) {
		return new DeadLetterCounts(counts.values().stream().mapToLong(Long::longValue).sum(),
				counts.entrySet().stream().map(entry -> Group.of(entry.getKey(), entry.getValue())).toList());
	}

	/**
	 * A group.
	 *
	 * @param reason the last answer in a word
	 */
	record Group(ApplicationId applicationId, Provider provider, String reason, long count) {

		static Group of(DeadLetterGroup group, long count) {
			return new Group(group.applicationId(), group.provider(), group.reason(), count);
		}

	}

}
