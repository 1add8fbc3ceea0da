package dev.herald.api.intake;

import dev.herald.common.identity.Provider;
import dev.herald.common.push.ProviderMessageSize;
import dev.herald.common.push.PushContent;
import java.util.Collection;

/** What the providers would refuse, and so is refused before anything is queued. */
public final class ProviderLimits {

	private ProviderLimits() {
	}

	/**
	 * @throws PayloadTooLargeException if one of the providers would refuse the content
	 * for its size
	 */
	public static void check(PushContent content, Collection<Provider> providers) {
		ProviderMessageSize.excess(content, providers).ifPresent(excess -> {
			throw new PayloadTooLargeException(excess);
		});
	}

}
