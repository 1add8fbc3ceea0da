package dev.herald.benchmarks.house;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.systemtests.CampaignWatch;
import dev.herald.systemtests.HeraldClient.Answer;
import dev.herald.systemtests.Keys;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A broadcast to everybody in an application, as fast as it goes. */
public final class Broadcast {

	private static final Duration BUSY = Duration.ofSeconds(20);

	private final MeasuredHouse house;

	private final CampaignWatch watch;

	private final long postedNanos;

	private Broadcast(MeasuredHouse house, CampaignId campaign, long postedNanos) {
		this.house = house;
		this.watch = new CampaignWatch(house.client(), campaign);
		this.postedNanos = postedNanos;
	}

	/**
	 * Posts it; it starts some three seconds later.
	 * @throws BenchmarkFailedException if it is not taken
	 */
	public static Broadcast post(MeasuredHouse house, ApplicationId application) {
		long posted = System.nanoTime();
		Answer answer = house.client().post("/broadcast", Keys.SENDER, """
				{"application_ids": ["%s"], "title": "Sale", "message": "Half price until six", \
				"payload": {"link": "https://acme.example/sale"}, "ramp_up_seconds": 0}""".formatted(application));
		BenchmarkFailedException.require(answer.status() == 202, "a broadcast must be taken", answer);
		return new Broadcast(house, CampaignId.parse(answer.json().required("campaign_id").asString()), posted);
	}

	/** When it was posted, by {@link System#nanoTime()}. */
	public long postedNanos() {
		return postedNanos;
	}

	/** How it stands. */
	public JsonNode now() {
		return watch.until(campaign -> true, BUSY);
	}

	/**
	 * Waits until it has ended.
	 * @throws BenchmarkFailedException if it has not within patience
	 */
	public void awaitEnd(Duration patience) {
		JsonNode end = watch.until(CampaignWatch::hasEnded, patience);
		house.requireAlive();
		BenchmarkFailedException.require(CampaignWatch.hasEnded(end),
				"a broadcast must end within %d s".formatted(patience.toSeconds()), end);
	}

	/**
	 * Checks that it was for so many devices, and that every one's provider accepted it.
	 * @throws BenchmarkFailedException if not
	 */
	public void requireAccepted(int devices) {
		JsonNode end = now();
		BenchmarkFailedException.require(
				CampaignWatch.jobs(end, "queued") == devices && CampaignWatch.jobs(end, "accepted") == devices,
				"all of %,d devices must have been queued and accepted".formatted(devices), end.required("jobs"));
	}

	/**
	 * Cancels it and waits until what was queued has been sent.
	 * @throws BenchmarkFailedException if it had ended before, or jobs stay pending, or
	 * one was not accepted
	 */
	public void cancelMidway(Duration patience) {
		BenchmarkFailedException.require(!CampaignWatch.hasEnded(now()),
				"the broadcast must last longer than what is measured during it", now());
		watch.tell("cancel");
		JsonNode end = watch.until(campaign -> CampaignWatch.jobs(campaign, "pending") == 0, patience);
		house.requireAlive();
		BenchmarkFailedException.require(
				CampaignWatch.jobs(end, "pending") == 0
						&& CampaignWatch.jobs(end, "accepted") == CampaignWatch.jobs(end, "queued"),
				"every job that was queued must be accepted", end.required("jobs"));
	}

}
