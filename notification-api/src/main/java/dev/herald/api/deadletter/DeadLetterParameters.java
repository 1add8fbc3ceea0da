package dev.herald.api.deadletter;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeadLetter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request about dead letters. A parameter that is not known, or not
 * taken where it stands, is refused: a filter that is misspelt would else discard what
 * nobody meant.
 */
final class DeadLetterParameters {

	private final Map<String, String[]> values;

	/**
	 * @param known the parameters that are taken
	 * @throws InvalidFieldException if there is another, one is given twice, or there is
	 * a body
	 */
	DeadLetterParameters(HttpServletRequest request, String... known) throws IOException {
		this.values = request.getParameterMap();
		for (var parameter : values.entrySet()) {
			requireKnown(parameter.getKey(), parameter.getValue().length, known);
		}
		if (request.getInputStream().read() >= 0) {
			throw new InvalidFieldException("body", "this request takes parameters alone, but has a body");
		}
	}

	private static void requireKnown(String name, int times, String[] known) {
		if (!Arrays.asList(known).contains(name)) {
			throw new InvalidFieldException(name.isEmpty() ? "parameters" : "%.64s".formatted(name),
					"unknown parameter \"%.64s\"; known are %s".formatted(name,
							String.join(", ", new TreeSet<>(Arrays.asList(known)))));
		}
		if (times != 1) {
			throw new InvalidFieldException(name, "%s must have one value, but has %d".formatted(name, times));
		}
	}

	DeadLetterFilter filter() {
		return new DeadLetterFilter(parsed("application_id", ApplicationId::new), parsed("provider", Provider::of),
				parsed("reason", DeadLetterParameters::reason));
	}

	/**
	 * The filter of a request that changes something.
	 * @throws InvalidFieldException also if it asks for everything without saying so
	 */
	DeadLetterFilter deliberateFilter() {
		DeadLetterFilter filter = filter();
		boolean all = Boolean.TRUE.equals(parsed("all", DeadLetterParameters::flag));
		if (all != filter.isEverything()) {
			throw new InvalidFieldException("all", all ? "all must not be given together with a filter"
					: "application_id, provider or reason must be given, or all=true");
		}
		return filter;
	}

	/**
	 * A whole number.
	 * @param ifAbsent what it is where it is not given
	 */
	long number(String name, long least, long greatest, long ifAbsent) {
		Long number = parsed(name, text -> number(name, text, least, greatest));
		return number == null ? ifAbsent : number;
	}

	boolean has(String name) {
		return values.containsKey(name);
	}

	private <T> @Nullable T parsed(String name, Function<String, T> type) {
		String[] texts = values.get(name);
		if (texts == null) {
			return null;
		}
		try {
			return type.apply(texts[0]);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException(name, String.valueOf(ex.getMessage()));
		}
	}

	private static long number(String name, String text, long least, long greatest) {
		try {
			long number = Long.parseLong(text);
			if (number >= least && number <= greatest) {
				return number;
			}
		}
		catch (NumberFormatException ignored) {
			throw notInRange(name, text, least, greatest);
		}
		throw notInRange(name, text, least, greatest);
	}

	private static IllegalArgumentException notInRange(String name, String text, long least, long greatest) {
		return new IllegalArgumentException(
				"%s must be a whole number from %d to %d, but was \"%.64s\"".formatted(name, least, greatest, text));
	}

	private static Boolean flag(String text) {
		return switch (text) {
			case "true" -> true;
			case "false" -> false;
			default ->
				throw new IllegalArgumentException("all must be true or false, but was \"%.64s\"".formatted(text));
		};
	}

	private static String reason(String text) {
		if (text.isEmpty() || text.length() > DeadLetter.MAX_REASON) {
			throw new IllegalArgumentException(
					"reason must be 1 to %d characters, but has %d".formatted(DeadLetter.MAX_REASON, text.length()));
		}
		return text;
	}

}
