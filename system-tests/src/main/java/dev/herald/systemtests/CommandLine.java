package dev.herald.systemtests;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options as they were written: a flag {@code --name}, or {@code --name value}. What is
 * wrong with them is an {@link IllegalArgumentException} that ends with the usage.
 */
final class CommandLine {

	private final Map<String, @Nullable String> values = new LinkedHashMap<>();

	private final Set<String> known = new HashSet<>();

	private final String usage;

	private CommandLine(String usage) {
		this.usage = usage;
	}

	static CommandLine parse(String[] arguments, String usage) {
		CommandLine line = new CommandLine(usage);
		String name = "";
		for (String argument : arguments) {
			if (argument.startsWith("--")) {
				name = argument;
				line.values.put(name, null);
			}
			else if (line.values.containsKey(name)) {
				line.values.put(name, argument);
			}
			else {
				throw line.wrong("\"%s\" belongs to no option".formatted(argument));
			}
		}
		return line;
	}

	boolean asksForHelp() {
		return values.containsKey("--help");
	}

	/** Whether a flag was given. */
	boolean has(String name) {
		known.add(name);
		return values.containsKey(name);
	}

	/** An option's value, or null if the option was not given. */
	@Nullable String value(String name) {
		if (!has(name)) {
			return null;
		}
		String value = values.get(name);
		if (value == null) {
			throw wrong(name + " must be followed by a value");
		}
		return value;
	}

	/** An option's value as a number within bounds. */
	int number(String name, int otherwise, int least, int most) {
		String value = value(name);
		if (value == null) {
			return otherwise;
		}
		try {
			int number = Integer.parseInt(value);
			if (number >= least && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ignored) {
			// Said below.
		}
		throw wrong("%s must be a whole number from %d to %d, but was \"%s\"".formatted(name, least, most, value));
	}

	/** Refuses options that nobody has asked for. */
	void requireNothingElse() {
		for (String name : values.keySet()) {
			if (!known.contains(name)) {
				throw wrong("there is no option " + name + " among " + List.copyOf(known));
			}
		}
	}

	IllegalArgumentException wrong(String message) {
		return new IllegalArgumentException(message + "\n" + usage);
	}

}
