package dev.herald.api.campaign;

import dev.herald.common.device.DeviceFilter;
import dev.herald.common.identity.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which devices of its applications a broadcast is for. An empty list is no condition.
 *
 * @param locales language ranges, as in {@link DeviceFilter}
 * @param activeWithinDays devices seen so many days before the start or later, or null
 * for all
 */
public record CampaignFilter(List<Provider> providers, List<String> locales, List<String> appVersions,
		@Nullable Integer activeWithinDays) {

	/** Everybody. */
	public static final CampaignFilter NONE = new CampaignFilter(List.of(), List.of(), List.of(), null);

	public CampaignFilter {
		providers = List.copyOf(providers);
		locales = List.copyOf(locales);
		appVersions = List.copyOf(appVersions);
	}

	/** What it means for the devices of one provider, for a campaign that starts now. */
	DeviceFilter startingAt(Instant start) {
		return new DeviceFilter(locales, appVersions,
				activeWithinDays == null ? null : start.minus(Duration.ofDays(activeWithinDays)));
	}

	/** Whether it is for devices of this provider at all. */
	boolean includes(Provider provider) {
		return providers.isEmpty() || providers.contains(provider);
	}

}
