package dev.herald.benchmarks.campaign;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.house.Broadcast;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.common.identity.ApplicationId;
import java.time.Duration;

/**
 * A campaign from its request until its last job was counted.
 *
 * @param name what it was
 * @param jobs its jobs, each accepted
 * @param repeated pushes accepted beyond the first of their job
 * @param perSecond pushes a second, between the first arrival and the last
 * @param perSecondWhole jobs a second, from the request until the campaign had ended
 * @param usage what it cost, from the request to the end
 */
record CampaignRun(String name, int jobs, int repeated, double perSecond, double perSecondWhole, CpuMeter.Usage usage) {

	/** Less than this a second is no progress at all. */
	private static final int SLOWEST_PER_SECOND = 200;

	static Duration patience(int jobs) {
		return Duration.ofSeconds(60 + jobs / SLOWEST_PER_SECOND);
	}

	/**
	 * Runs a broadcast and checks its books.
	 * @param devices how many the application has
	 * @throws BenchmarkFailedException if not every device got it, or the API tells
	 * otherwise
	 */
	static CampaignRun broadcast(String name, MeasuredHouse house, ApplicationId application, int devices) {
		house.emulators().forget();
		CpuMeter meter = house.meter();
		CpuMeter.Reading began = meter.read();
		Broadcast broadcast = Broadcast.post(house, application);
		broadcast.awaitEnd(patience(devices));
		long endedNanos = System.nanoTime();
		CpuMeter.Usage usage = meter.read().since(began);
		broadcast.requireAccepted(devices);
		return of(name, house.emulators().landings(), devices, endedNanos - broadcast.postedNanos(), usage);
	}

	/**
	 * What providers and clock tell of a campaign that the API says is over.
	 * @throws BenchmarkFailedException if its jobs did not arrive
	 */
	static CampaignRun of(String name, Landings landings, int jobs, long tookNanos, CpuMeter.Usage usage) {
		int arrived = landings.jobs();
		BenchmarkFailedException.require(arrived == jobs, "%s: %,d jobs must have arrived".formatted(name, jobs),
				"%,d did".formatted(arrived));
		return new CampaignRun(name, jobs, landings.count() - jobs, landings.perSecond(), jobs / (tookNanos / 1e9),
				usage);
	}

}
