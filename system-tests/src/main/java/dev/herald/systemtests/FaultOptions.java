package dev.herald.systemtests;

import dev.herald.common.broker.QueueType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param longForm whether the load is heavy and the blows are several
 * @param notifications how many notifications are to be taken in all, in the long form
 * @param faults which faults
 * @param queues on which kinds of queues
 * @param seed of the random moments
 */
record FaultOptions(boolean longForm, int notifications, Set<Fault> faults, List<QueueType> queues, int seed) {

	static final String USAGE = """
			usage: system-tests/faults [--long] [--notifications N] [--only FAULT,...] [--queues quorum|classic] [--seed N]
			  without --long: little load, every fault once, on quorum queues
			  --long           100,000 notifications over all faults, each on quorum and on classic queues
			  --notifications  as --long, with so many notifications in all
			  --only           some faults only: %s
			  --queues         one kind of queues only
			  --seed           strikes after the same waits as an earlier run"""
		.formatted(Stream.of(Fault.values()).map(Fault::label).collect(Collectors.joining(", ")));

	private static final int ALL_NOTIFICATIONS = 100_000;

	/**
	 * @param seed where none is given
	 * @throws IllegalArgumentException if an option is not as expected; the message says
	 * which
	 */
	static FaultOptions of(CommandLine line, int seed) {
		boolean longForm = line.has("--long") | line.has("--notifications");
		FaultOptions options = new FaultOptions(longForm,
				line.number("--notifications", ALL_NOTIFICATIONS, 1, 10_000_000), faults(line), queues(line, longForm),
				line.number("--seed", seed, Integer.MIN_VALUE, Integer.MAX_VALUE));
		line.requireNothingElse();
		return options;
	}

	private static Set<Fault> faults(CommandLine line) {
		String labels = line.value("--only");
		return labels == null ? EnumSet.allOf(Fault.class)
				: Arrays.stream(labels.split(","))
					.map(label -> fault(line, label))
					.collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));
	}

	private static Fault fault(CommandLine line, String label) {
		return Stream.of(Fault.values())
			.filter(fault -> fault.label().equals(label))
			.findAny()
			.orElseThrow(() -> line.wrong("there is no fault \"" + label + "\""));
	}

	private static List<QueueType> queues(CommandLine line, boolean longForm) {
		@Nullable String label = line.value("--queues");
		if (label == null) {
			return longForm ? List.of(QueueType.values()) : List.of(QueueType.QUORUM);
		}
		return Stream.of(QueueType.values())
			.filter(type -> type.name().toLowerCase(Locale.ROOT).equals(label))
			.findAny()
			.map(List::of)
			.orElseThrow(() -> line.wrong("--queues must be quorum or classic, but was \"" + label + "\""));
	}

	/** How hard each fault strikes. */
	FaultRun run() {
		int rows = faults.size() * queues.size();
		return longForm ? FaultRun.ofAtLeast(Math.ceilDiv(notifications, rows)) : FaultRun.SHORT;
	}

}
