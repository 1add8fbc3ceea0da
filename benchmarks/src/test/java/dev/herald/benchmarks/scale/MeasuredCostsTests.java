package dev.herald.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredCostsTests {

	@TempDir
	Path results;

	@BeforeEach
	void writeResults() throws IOException {
		write("limits", """
				{"tables": [], "figures": {"one quorum queue, messages a second": 15000.0}}""");
		write("single",
				"""
						{"tables": [
						  {"title": "rates", "columns": ["load", "taken"], "rows": [["fast", 7]]},
						  {"title": "cost as fast as it goes", "columns": ["process", "CPU µs per push", "cores busy"], "rows": [
						    ["token-store", 10.0, 0.1], ["notification-api", 20.0, 0.2], ["push-worker", 30.0, 0.3],
						    ["rabbitmq", 40.0, 0.4], ["mysql", 50.0, 0.5], ["emulators", 60.0, 0.6],
						    ["load generator", 70.0, 0.7], ["all", 280.0, 2.0]]},
						  {"title": "cost at half", "columns": ["process", "CPU µs per push"], "rows": [["token-store", 99.0]]}
						]}""");
		write("campaign", """
				{"tables": [{"title": "CPU µs per push",
				  "columns": ["campaign", "token-store", "notification-api", "push-worker", "rabbitmq", "mysql",
				              "emulators", "load generator", "all"],
				  "rows": [["half FCM and half APNs", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 28.0],
				           ["FCM only", 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 63.0]]}]}""");
	}

	private void write(String name, String json) throws IOException {
		Files.writeString(results.resolve(name + ".json"), json);
	}

	@Test
	void readsWhatTheBenchmarksLeft() {
		List<PushCost> costs = MeasuredCosts.read(results);

		assertThat(costs).extracting(PushCost::kind).containsExactly("single", "campaign");
		assertThat(costs).allSatisfy(cost -> assertThat(cost.queueRate()).isEqualTo(15_000));
		assertThat(costs.getFirst().micros(Part.DATABASE)).isEqualTo(50);
		assertThat(costs.getFirst().total()).as("neither emulators nor load nor the sum").isEqualTo(150);
		assertThat(costs.getLast().micros(Part.WORKER)).isEqualTo(3);
		assertThat(costs.getLast().total()).isEqualTo(15);
	}

	@Test
	void saysWhatToRunWhereAResultIsMissing() throws IOException {
		Files.delete(results.resolve("single.json"));

		assertThatIllegalStateException().isThrownBy(() -> MeasuredCosts.read(results))
			.withMessageContaining("run benchmarks/run single first");
	}

	@Test
	void refusesACostThatCouldNotBeMeasured() throws IOException {
		write("campaign", """
				{"tables": [{"title": "CPU µs per push", "columns": ["campaign", "token-store", "notification-api",
				  "push-worker", "rabbitmq", "mysql"], "rows": [["both", 1.0, 2.0, 3.0, null, 5.0]]}]}""");

		assertThatIllegalStateException().isThrownBy(() -> MeasuredCosts.read(results))
			.withMessageContaining("campaign.json must have the cost of a push at RabbitMQ");
	}

}
