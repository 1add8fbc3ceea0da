package dev.herald.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.herald.benchmarks.scale.Simulation.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against what queueing theory says of lines that it can solve. */
class SimulationTests {

	private static final int PUSHES = 400_000;

	@Test
	void waitsAsLongAsTheFormulaForOneServerSays() {
		Station station = new Station("one", 1, 1, 700, 1);

		Outcome outcome = new Simulation(1).run(List.of(station), 1000, PUSHES);

		// M/M/1: the mean wait is the utilisation / (1 - utilisation) service times.
		assertThat(outcome.meanWaits().getFirst()).isCloseTo(0.7 / 0.3 * 700, within(80.0));
	}

	@Test
	void waitsAsLongAsErlangsFormulaForManyServersSays() {
		Station station = new Station("four", 1, 4, 3000, 1);

		Outcome outcome = new Simulation(2).run(List.of(station), 1000, PUSHES);

		// M/M/4 at three quarters: Erlang C is 0.5094, the mean wait C / (4 µ - λ).
		assertThat(outcome.meanWaits().getFirst()).isCloseTo(0.5094 / (4 / 3000.0 - 1 / 1000.0), within(80.0));
	}

	@Test
	void sharesTheLoadAmongUnitsWithLinesOfTheirOwn() {
		Station two = new Station("two", 2, 1, 1400, 1);

		Outcome outcome = new Simulation(3).run(List.of(two), 1000, PUSHES);

		assertThat(outcome.meanWaits().getFirst()).isCloseTo(0.7 / 0.3 * 1400, within(200.0));
	}

	@Test
	void letsOnlyTheSharePassAStationThatComesBy() {
		Station half = new Station("half", 1, 1, 1400, 0.5);

		Outcome outcome = new Simulation(4).run(List.of(half), 1000, PUSHES);

		assertThat(outcome.meanWaits().getFirst()).isCloseTo(0.7 / 0.3 * 1400, within(200.0));
	}

	@Test
	void doesNotKeepUpWithMoreThanAStationCanDo() {
		List<Station> stations = List.of(new Station("fast", 1, 8, 100, 1), new Station("slow", 1, 1, 1100, 1));

		Outcome outcome = new Simulation(5).run(stations, 1000, PUSHES);

		assertThat(outcome.keepsUpWith(1000)).as("through: %s", outcome.throughput()).isFalse();
		assertThat(outcome.throughput()).isCloseTo(1e6 / 1100, within(10.0));
	}

	@Test
	void givesTheSameFiguresForTheSameSeed() {
		List<Station> stations = List.of(new Station("one", 3, 2, 900, 1));

		Outcome first = new Simulation(6).run(stations, 1000, 10_000);

		assertThat(new Simulation(6).run(stations, 1000, 10_000)).isEqualTo(first);
		assertThat(new Simulation(7).run(stations, 1000, 10_000)).isNotEqualTo(first);
	}

}
