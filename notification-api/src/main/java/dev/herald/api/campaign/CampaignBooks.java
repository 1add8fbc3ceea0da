package dev.herald.api.campaign;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counters of a campaign at one moment. Immutable.
 *
 * @param counts a count for each counter
 * @param sampledAt when the rate was last measured
 * @param sampledEnded how many jobs had ended then
 * @param perSecond how many jobs ended in a second of late
 */
public record CampaignBooks(Map<CampaignCounter, Long> counts, Instant sampledAt, long sampledEnded, double perSecond) {

	public CampaignBooks {
		counts = Map.copyOf(counts);
	}

	static CampaignBooks empty(Instant now) {
		Map<CampaignCounter, Long> counts = new EnumMap<>(CampaignCounter.class);
		for (CampaignCounter counter : CampaignCounter.values()) {
			counts.put(counter, 0L);
		}
		return new CampaignBooks(counts, now, 0, 0);
	}

	/** One of the counts. */
	public long of(CampaignCounter counter) {
		return counts.getOrDefault(counter, 0L);
	}

	/**
	 * How many jobs there are: a job that ended was queued, even if that is not counted
	 * yet.
	 */
	public long jobs() {
		return Math.max(of(CampaignCounter.QUEUED), ended());
	}

	/** How many jobs have ended, in whatever way. */
	public long ended() {
		return CampaignCounter.ENDINGS.stream().mapToLong(this::of).sum();
	}

	/** How many jobs ended otherwise than accepted. */
	public long failed() {
		return ended() - of(CampaignCounter.ACCEPTED);
	}

	/** How many jobs have not ended. */
	public long pending() {
		return jobs() - ended();
	}

}
