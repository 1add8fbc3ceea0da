package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What results were measured on. Names nobody's host.
 *
 * @param facts by name, in the order to show them
 */
public record MachineDescription(Map<String, String> facts) {

	/**
	 * This machine, now.
	 * @param before the time stolen until it was measured
	 * @param more what only the caller knows: versions of broker and database
	 */
	static MachineDescription here(StolenTime before, Map<String, String> more) {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		facts.put("cpu", firstOf(Path.of("/proc/cpuinfo"), "model name"));
		facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
		facts.put("memory", memory());
		facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		facts.put("java", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
		facts.put("waking a thread", "%.0f µs".formatted(HandOver.micros()));
		facts.put("stolen", StolenTime.now().since(before));
		facts.putAll(more);
		return new MachineDescription(facts);
	}

	/** In one line. */
	String line() {
		return String.join(", ", facts.entrySet().stream().map(fact -> fact.getKey() + " " + fact.getValue()).toList());
	}

	private static String memory() {
		String kilobytes = firstOf(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
		return kilobytes.isEmpty() ? "unknown" : "%d MB".formatted(Long.parseLong(kilobytes) / 1024);
	}

	private static String firstOf(Path file, String name) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.filter(line -> line.startsWith(name))
				.map(line -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
