package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultsWriterTests {

	private static final MachineDescription MACHINE = new MachineDescription(Map.of("cores", "2"));

	@TempDir
	Path folder;

	private final ByteArrayOutputStream console = new ByteArrayOutputStream();

	@Test
	void numbersStandBelowEachOther() {
		Table table = Table.of("costs", "process", "µs").row("worker", 1234.5).row("broker", 7.0).row("db", Double.NaN);

		assertThat(ResultsWriter.lines(table)).containsExactly("process     µs", "worker   1,235", "broker       7",
				"db           –");
	}

	@Test
	void everythingIsKeptInThreeForms() throws IOException {
		write(BenchmarkResult.builder()
			.table(Table.of("rates", "load", "a second").row("closed", 12.5).row("open", Double.NaN))
			.chart(Chart.of("rates", "a second").bar("closed", 12.5))
			.goal(Target.atLeast("rate", 10, "/s").measured(12.5))
			.goal(Target.atMost("p99", 10, "ms").missedBecause("broken"))
			.figure("rate", 12.5)
			.note("a note")
			.build());

		JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("fake.json")));
		assertThat(json.at("/machine/cores").asString()).isEqualTo("2");
		assertThat(json.at("/tables/0/rows/0/1").asDouble()).isEqualTo(12.5);
		assertThat(json.at("/tables/0/rows/1/1").isNull()).as("what is not known").isTrue();
		assertThat(json.at("/goals/0/met").asBoolean()).isTrue();
		assertThat(json.at("/goals/1/reason").asString()).isEqualTo("broken");
		assertThat(Files.readString(folder.resolve("fake.md"))).contains("| closed | 12.5 |", "![fake](fake.svg)",
				"| rate | at least 10 /s | 12.5 /s | met |", "- a note");
		assertThat(Files.readString(folder.resolve("fake.svg"))).startsWith("<svg");
		assertThat(console.toString(StandardCharsets.UTF_8)).contains("met     rate: at least 10 /s; 12.5 /s",
				"missed  p99: at most 10 ms; broken");
	}

	@Test
	void aQuickRunSaysThatItProvesNothing() throws IOException {
		write(BenchmarkResult.builder().build());

		assertThat(Files.readString(folder.resolve("fake.md"))).contains("the figures prove nothing");
		assertThat(Files.readString(folder.resolve("fake.json"))).contains("\"size\" : \"quick\"");
	}

	@Test
	void aRowNeedsACellForEachColumn() {
		Table table = Table.of("costs", "process", "µs");

		assertThatIllegalArgumentException().isThrownBy(() -> table.row("worker"))
			.withMessage("a row of \"costs\" has 2 cells [process, µs], but was [worker]");
		assertThatIllegalArgumentException().isThrownBy(() -> table.row("worker", List.of()))
			.withMessageContaining("a text or a number");
	}

	private void write(BenchmarkResult result) {
		new ResultsWriter(new PrintStream(console, true, StandardCharsets.UTF_8), folder).write(new Fake(), Size.QUICK,
				result, MACHINE);
	}

	private static final class Fake implements Benchmark {

		@Override
		public String name() {
			return "fake";
		}

		@Override
		public String question() {
			return "how results are kept";
		}

		@Override
		public List<Target> targets() {
			return List.of();
		}

		@Override
		public BenchmarkResult run(BenchmarkContext context) {
			throw new AssertionError("it is only written");
		}

	}

}
