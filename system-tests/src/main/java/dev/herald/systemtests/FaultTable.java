package dev.herald.systemtests;

import static dev.herald.systemtests.House.DRIVER;

import dev.herald.common.broker.QueueType;
import dev.herald.systemtests.Load.Result;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lays reports out in rows, each in the width of its column. */
final class FaultTable {

	private static final String FORMAT = "%-22s %-7s %7s %7s %7s %8s %9s %5s %10s %6s  %-15s %-13s %s";

	private FaultTable() {
	}

	static String head() {
		return FORMAT.formatted("fault", "queues", "taken", "refused", "jobs", "accepted", "otherwise", "lost",
				"duplicated", "stall", "other app's", "other app's", "books") + "\n"
				+ FORMAT.formatted("", "", "(202)", "", "", "by prov.", "ended", "", "", "s", "pushes/s", "p99 ms", "");
	}

	static String row(Fault fault, QueueType queues, FaultReport report) {
		Result result = report.result();
		return row(fault.label(), queues, result, "%.1f".formatted(report.pace().longestStall().toMillis() / 1000.0),
				fault.concernsOneApplication() ? otherPace(report) : "-",
				fault.concernsOneApplication() ? otherLatency(report) : "-", books(report));
	}

	static String sum(Result result) {
		return row("all", null, result, "", "", "", "");
	}

	static String skipped(Fault fault, QueueType queues) {
		return "%-22s %-7s skipped: this broker cannot be brought to it".formatted(fault.label(), label(queues));
	}

	private static String row(String fault, @Nullable QueueType queues, Result result, String stall, String pace,
			String latency, String books) {
		return FORMAT
			.formatted(fault, queues == null ? "" : label(queues), result.taken(), result.refused(), result.jobs(),
					result.reached(), result.books().endedOtherwise(), result.lost(), result.repeated(), stall, pace,
					latency, books)
			.stripTrailing();
	}

	private static String otherPace(FaultReport report) {
		return "%.0f -> %.0f".formatted(report.pace().acceptedPerSecond(DRIVER, report.before()),
				report.pace().acceptedPerSecond(DRIVER, report.during()));
	}

	private static String otherLatency(FaultReport report) {
		return "%d -> %d".formatted(report.pace().p99(DRIVER, report.before()).toMillis(),
				report.pace().p99(DRIVER, report.during()).toMillis());
	}

	private static String books(FaultReport report) {
		if (!report.failure().isEmpty()) {
			return "FAILED: " + report.failure().lines().findFirst().orElse("");
		}
		int unbalanced = report.result().unbalanced();
		return unbalanced == 0 ? "balance" : unbalanced + " DIFFER, " + report.result().books();
	}

	static String label(QueueType queues) {
		return queues.name().toLowerCase(Locale.ROOT);
	}

}
