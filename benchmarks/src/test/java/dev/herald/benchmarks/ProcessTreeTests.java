package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTests {

	@TempDir
	Path proc;

	@Test
	void cpuIsThatOfTheProcessAndOfItsChildrenThatHaveEnded() {
		ProcessTree.Stat stat = ProcessTree.Stat.parse(stat(17, "java", 1, 100, 20, 3, 4), 2048);

		assertThat(stat).isEqualTo(new ProcessTree.Stat(17, 1, 1_270_000, 2048));
	}

	@Test
	void aNameMayHaveSpacesAndParentheses() {
		assertThat(ProcessTree.Stat.parse(stat(17, "a (b) c", 5, 1, 0, 0, 0), 0).parent()).isEqualTo(5);
	}

	@Test
	void aTreeIsTheProcessAndAllItsDescendants() throws IOException {
		process(10, 1, 5);
		process(11, 10, 7);
		process(12, 11, 11);
		process(13, 1, 13);

		assertThat(new ProcessTree(proc).of(10)).extracting(ProcessTree.Stat::pid)
			.containsExactlyInAnyOrder(10L, 11L, 12L);
	}

	@Test
	void whatIsUsedIsTheDifferenceOverTheWholeTree() throws IOException {
		process(10, 1, 5);
		process(11, 10, 7);
		CpuMeter meter = new CpuMeter(new ProcessTree(proc)).part("broker", 10);
		CpuMeter.Reading before = meter.read();
		process(11, 10, 107);

		CpuMeter.Usage usage = meter.read().since(before);

		assertThat(usage.perPush("broker", 1000)).isEqualTo(1000);
		assertThat(usage.residentMegabytes().get("broker")).isEqualTo(4);
	}

	@Test
	void partsThatCannotBeSeenAreUnknownAndNotInTheSum() throws IOException {
		process(10, 1, 5);
		CpuMeter meter = new CpuMeter(new ProcessTree(proc)).part("worker", 10).part("broker", OptionalLong.empty());
		CpuMeter.Reading before = meter.read();
		process(10, 1, 15);

		CpuMeter.Usage usage = meter.read().since(before);

		assertThat(usage.perPush("broker", 10)).isNaN();
		assertThat(usage.totalPerPush(10)).isEqualTo(10_000);
		assertThat(usage.table("cost", 10).rows()).hasSize(3);
	}

	@Test
	void aMeterReadsThisProcess() {
		CpuMeter meter = new CpuMeter().self("this");
		assertThat(Path.of("/proc/self/stat")).as("Linux")
			.satisfiesAnyOf(path -> assertThat(path).doesNotExist(),
					path -> assertThat(meter.read().cpuMicros().get("this")).isPositive());
	}

	private void process(long pid, long parent, long ticks) throws IOException {
		Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
		Files.writeString(folder.resolve("stat"), stat(pid, "beam.smp", parent, ticks, 0, 0, 0));
		Files.writeString(folder.resolve("status"), "Name:\tbeam.smp\nVmRSS:\t    2048 kB\n");
	}

	private static String stat(long pid, String name, long parent, long user, long system, long childrenUser,
			long childrenSystem) {
		return "%d (%s) S %d 17 17 0 -1 4194560 9 8 7 6 %d %d %d %d 20 0 1 0 100 1000 10\n".formatted(pid, name, parent,
				user, system, childrenUser, childrenSystem);
	}

}
