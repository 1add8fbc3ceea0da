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
public final class CommandLine {

	private final Map<String, @Nullable String> values = new LinkedHashMap<>();

	private final Set<String> known = new HashSet<>();

	private final String usage;

	private CommandLine(String usage) {
		this.usage = usage;
	}

	/**
	 * Reads them.
	 * @param usage what to show with whatever is wrong
	 * @throws IllegalArgumentException if a value belongs to no option
	 */
	public static CommandLine parse(String[] arguments, String usage) {
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

	/** Whether {@code --help} was given. */
	public boolean asksForHelp() {
		return values.containsKey("--help");
	}

	/** Whether a flag was given. */
	public boolean has(String name) {
		known.add(name);
		return values.containsKey(name);
	}

	/** An option's value, or null if the option was not given. */
	public @Nullable String value(String name) {
		if (!has(name)) {
			return null;
		}
		String value = values.get(name);
		if (value == null) {
			throw wrong(name + " must be followed by a value");
		}
		return value;
	}

	/**
	 * An option's value as a number within bounds.
	 * @throws IllegalArgumentException if it is none, or out of bounds
	 */
	public int number(String name, int otherwise, int least, int most) {
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

	/**
	 * Refuses options that nobody has asked for.
	 * @throws IllegalArgumentException if there is one
	 */
	public void requireNothingElse() {
		for (String name : values.keySet()) {
			if (!known.contains(name)) {
				throw wrong("there is no option " + name + " among " + List.copyOf(known));
			}
		}
	}

	/** The exception for what is wrong, to be thrown. */
	public IllegalArgumentException wrong(String message) {
		return new IllegalArgumentException(message + "\n" + usage);
	}

}
