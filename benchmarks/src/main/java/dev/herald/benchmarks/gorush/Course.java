package dev.herald.benchmarks.gorush;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.house.EmulatorProcess;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.load.HttpLoad;
import dev.herald.benchmarks.load.LoadRequest;
import dev.herald.benchmarks.load.Samples;
import dev.herald.systemtests.Pause;

/**
 * What both have to run: requests of one push each, as fast as they are answered, and
 * then the wait until nothing arrives at the providers any more.
 */
final class Course {

	/** How long nothing may arrive before whatever did not is called lost. */
	private static final Duration QUIET = Duration.ofSeconds(20);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final EmulatorProcess emulators;

	private final HttpLoad load;

	private final LongFunction<LoadRequest> requests;

	private final Books books;

	/**
	 * @param load towards the contender
	 * @param requests one push each
	 * @param books what of its answers promises what
	 */
	Course(EmulatorProcess emulators, HttpLoad load, LongFunction<LoadRequest> requests, Books books) {
		this.emulators = emulators;
		this.load = load;
		this.requests = requests;
		this.books = books;
	}

	/**
	 * Runs it undisturbed.
	 * @param meter of the contender's processes
	 */
	Lap run(CpuMeter meter, Duration duration) throws InterruptedException {
		emulators.forget();
		CpuMeter.Reading began = meter.read();
		Samples samples = load.closedLoop(requests, duration);
		awaitQuiet(samples);
		CpuMeter.Usage usage = meter.read().since(began);
		return lap(samples, usage);
	}

	/**
	 * Runs it with a blow in the middle.
	 * @param blow kills, and starts again what was killed
	 */
	Lap runWithBlow(CpuMeter meter, Duration duration, Runnable blow) throws InterruptedException {
		emulators.forget();
		CpuMeter.Reading began = meter.read();
		Thread striker = Thread.ofPlatform().daemon().start(() -> {
			Pause.of(duration.dividedBy(2));
			blow.run();
		});
		Samples samples = load.closedLoop(requests, duration);
		striker.join();
		awaitQuiet(samples);
		return lap(samples, meter.read().since(began));
	}

	private void awaitQuiet(Samples samples) {
		long promised = promised(samples).count();
		Instant deadline = Instant.now().plus(PATIENCE);
		Instant lastArrival = Instant.now();
		int arrived = emulators.count();
		while (Instant.now().isBefore(lastArrival.plus(QUIET)) && !isComplete(arrived, promised, lastArrival)) {
			BenchmarkFailedException.require(Instant.now().isBefore(deadline), "pushes must stop arriving",
					"%,d of %,d had".formatted(arrived, promised));
			Pause.of(Duration.ofMillis(100));
			int now = emulators.count();
			lastArrival = now == arrived ? lastArrival : Instant.now();
			arrived = now;
		}
	}

	/** Repeats may still be under way: a second more shows. */
	private static boolean isComplete(int arrived, long promised, Instant lastArrival) {
		return arrived >= promised && Instant.now().isAfter(lastArrival.plusSeconds(2));
	}

	private IntStream promised(Samples samples) {
		return IntStream.range(0, samples.count()).filter(sample -> books.promises(samples, sample));
	}

	private Lap lap(Samples samples, CpuMeter.Usage usage) {
		Landings landings = emulators.landings();
		BenchmarkFailedException.require(landings.count() > 0 && promised(samples).findAny().isPresent(),
				"pushes must be taken and arrive",
				"%d arrived of %d requests".formatted(landings.count(), samples.count()));
		IntPredicate arrived = books.arrived(samples, landings);
		long promised = promised(samples).count();
		long lost = promised(samples).filter(sample -> !arrived.test(sample)).count();
		double seconds = (landings.lastNanos() - samples.firstBeginNanos()) / 1e9;
		return new Lap(promised, samples.count() - promised, lost, landings.count(), landings.count() / seconds, usage);
	}

	/** Who was promised what, by this contender's answers. */
	interface Books {

		/** Whether a request's answer promises its push. */
		boolean promises(Samples samples, int sample);

		/** Which requests' pushes are among those that arrived. */
		IntPredicate arrived(Samples samples, Landings landings);

	}

	/**
	 * How it went.
	 *
	 * @param promised pushes that were promised
	 * @param refused requests that were answered otherwise, or not at all
	 * @param lost promised pushes that never arrived
	 * @param arrived pushes that arrived, repeats among them
	 * @param perSecond how many a second, from the first request to the last arrival
	 * @param usage what it cost, until nothing arrived any more
	 */
	record Lap(long promised, long refused, long lost, long arrived, double perSecond, CpuMeter.Usage usage) {

		/**
		 * CPU µs for each push that arrived, of those of these processes that there are.
		 */
		double microsPerPush(String... parts) {
			return Stream.of(parts)
				.filter(usage.cpuMicros()::containsKey)
				.mapToDouble(part -> usage.perPush(part, (double) arrived))
				.sum();
		}

		/** Pushes that arrived beyond those that were promised. */
		long repeated() {
			return Math.max(0, arrived - (promised - lost));
		}

	}

}
