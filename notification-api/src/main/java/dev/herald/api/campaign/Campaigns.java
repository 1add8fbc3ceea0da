package dev.herald.api.campaign;

import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.CampaignId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The campaigns and their counters. There is one for each of the two pools: ask with
 * {@link dev.herald.base.database.ApiPool} for what people wait for, and with
 * {@link dev.herald.base.database.WorkerPool} for what workers cause. Calls block, and
 * throw {@link org.springframework.dao.DataAccessException} or
 * {@link org.springframework.transaction.TransactionException} if the database is away.
 * Safe for use by many threads.
 */
public interface Campaigns {

	/** How far ahead a start may be. */
	Duration LATEST_START = Duration.ofDays(7);

	/**
	 * Keeps a campaign with counters at zero, unless there is one of its id: that one
	 * stays. A broadcast that is repeated under its idempotency key takes the later
	 * attempt's {@code acceptedAt}.
	 */
	void keep(Campaign campaign);

	/**
	 * Forgets a broadcast that was not accepted after all, if it has not begun and was
	 * not repeated meanwhile.
	 */
	void withdraw(CampaignId id, Instant acceptedAt);

	/** The campaign of this id, if it is kept. */
	Optional<Campaign> find(CampaignId id);

	/** The counters of a campaign, if it is kept. */
	Optional<CampaignBooks> books(CampaignId id);

	/**
	 * Changes the counters of a campaign under the lock of their row, in one transaction
	 * with whatever the change itself reads and writes on the same pool: who looks there
	 * for what has been counted already counts what arrives twice once.
	 * @param change given the counters as they are, says what to add to them
	 * @return whether there is such a campaign
	 */
	boolean count(CampaignId id, Function<CampaignBooks, Tally> change);

	/** Notes the rate that is shown. */
	void sample(CampaignId id, Instant now, long ended, double perSecond);

	/**
	 * The broadcasts that are to start by now, those that wait longest first.
	 * @param limit how many at most
	 */
	List<CampaignId> due(Instant now, int limit);

	/** The campaigns of a kind and status. */
	List<CampaignId> withStatus(CampaignKind kind, CampaignStatus status);

	/**
	 * How many chains of a broadcast are not finished; none before its start, and once
	 * every device it is for has been queued.
	 */
	int openChains(CampaignId id);

	/** Puts off the start of a campaign that is scheduled. */
	boolean putOff(CampaignId id, Instant startsAt);

	/**
	 * Starts a campaign that is scheduled.
	 * @return whether it was; of several callers one gets {@code true}
	 */
	boolean start(CampaignId id, Instant now, Duration rampUp);

	/**
	 * Holds a campaign that is scheduled or running.
	 * @return whether it was
	 */
	boolean pause(CampaignId id);

	/**
	 * Lets a paused campaign go on.
	 * @return whether it was paused
	 */
	boolean resume(CampaignId id, Instant now);

	/**
	 * Ends a campaign before its time.
	 * @return whether it was not over yet
	 */
	boolean cancel(CampaignId id, Instant now);

	/**
	 * Notes that a running campaign has ended.
	 * @return whether it was running
	 */
	boolean end(CampaignId id, Instant now);

	/**
	 * Forgets campaigns taken before the moment, and then their counters, chains and
	 * bits.
	 * @param limit how many rows of each table at most
	 * @return the most rows that were forgotten of one table
	 */
	int deleteBefore(Instant moment, int limit);

}
