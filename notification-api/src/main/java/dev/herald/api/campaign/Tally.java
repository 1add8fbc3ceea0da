package dev.herald.api.campaign;

import java.util.EnumMap;
import java.util.Map;

/** By how much the counters of a campaign are to change. For use by one thread. */
public final class Tally {

	private final Map<CampaignCounter, Long> differences = new EnumMap<>(CampaignCounter.class);

	/** Counts so many more; fewer if negative. */
	public Tally add(CampaignCounter counter, long difference) {
		differences.merge(counter, difference, Long::sum);
		return this;
	}

	/** By how much one of them changes. */
	public long of(CampaignCounter counter) {
		return differences.getOrDefault(counter, 0L);
	}

	boolean isEmpty() {
		return differences.values().stream().allMatch(difference -> difference == 0);
	}

}
