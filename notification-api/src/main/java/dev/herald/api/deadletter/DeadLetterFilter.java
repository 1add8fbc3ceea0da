package dev.herald.api.deadletter;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import org.jspecify.annotations.Nullable;

/** Which dead letters are meant; what is null, is not asked for. */
record DeadLetterFilter(@Nullable ApplicationId applicationId, @Nullable Provider provider, @Nullable String reason) {

	/** All of them. */
	static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null);

	boolean isEverything() {
		return equals(ALL);
	}

	boolean matches(DeadLetterGroup group) {
		return (applicationId == null || applicationId.equals(group.applicationId()))
				&& (provider == null || provider == group.provider())
				&& (reason == null || reason.equals(group.reason()));
	}

}
