package dev.herald.systemtests;

import dev.herald.systemtests.Pace.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sends, breaks something meanwhile, goes on sending, and counts. A value.
 *
 * @param perSecond notifications a second for each of the two applications
 * @param atLeast how many notifications must be taken before it stops
 * @param before how long it sends before anything breaks
 * @param after how long it sends after everything is whole again, at least
 * @param times how often what is killed is killed
 * @param lasting how long what lasts lasts
 * @param patience how long the last job may take to end
 */
public record FaultRun(int perSecond, int atLeast, Duration before, Duration after, int times, Duration lasting,
		Duration patience) {

	/** A house that is whole again takes notifications well before that. */
	private static final Duration LONGEST_SENDING_AFTER = Duration.ofMinutes(3);

	/** Little load, one blow. */
	public static final FaultRun SHORT = new FaultRun(20, 0, Duration.ofSeconds(2), Duration.ofSeconds(2), 1,
			Duration.ofSeconds(3), Duration.ofMinutes(2));

	/**
	 * More load, several blows: as much as leaves two cores room to start a service in.
	 */
	public static FaultRun ofAtLeast(int notifications) {
		return new FaultRun(60, notifications, Duration.ofSeconds(4), Duration.ofSeconds(3), 3, Duration.ofSeconds(8),
				Duration.ofMinutes(5));
	}

	/** The same, but the last job may take so long to end. */
	FaultRun withPatience(Duration other) {
		return new FaultRun(perSecond, atLeast, before, after, times, lasting, other);
	}

	/**
	 * Runs it once.
	 * @param fault breaks something, and mends it
	 * @param random draws the moments of striking
	 * @return what went wrong with the run itself is in it too
	 */
	public FaultReport strike(House house, Consumer<Strike> fault, RandomGenerator random) {
		try (Load load = Load.start(house, perSecond)) {
			long begin = System.nanoTime();
			Pause.of(before);
			Window quiet = Window.since(begin);
			long struck = System.nanoTime();
			String failure = failureOf(fault, new Strike(house, random, times, lasting));
			Window broken = Window.since(struck);
			sendOn(load);
			load.stop();
			return report(load, quiet, broken, failure);
		}
	}

	private static String failureOf(Consumer<Strike> fault, Strike strike) {
		try {
			fault.accept(strike);
			return "";
		}
		catch (RuntimeException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private void sendOn(Load load) {
		Instant now = Instant.now();
		Instant enough = now.plus(after);
		Instant tooLong = now.plus(LONGEST_SENDING_AFTER);
		while (Instant.now().isBefore(enough) || (load.taken() < atLeast && Instant.now().isBefore(tooLong))) {
			Pause.of(Duration.ofMillis(50));
		}
	}

	private FaultReport report(Load load, Window quiet, Window broken, String failure) {
		Load.Result result;
		try {
			result = load.result(patience);
		}
		catch (RuntimeException ex) {
			return new FaultReport(load.resultWithoutBooks(), load.pace(), quiet, broken, failure + ex.getMessage());
		}
		String tooFew = result.taken() < Math.max(1, atLeast)
				? "only %d notifications were taken".formatted(result.taken()) : "";
		return new FaultReport(result, load.pace(), quiet, broken, failure + tooFew);
	}

}
