package dev.herald.api.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A statement with a list of rows or keys in it, of which only eighteen texts ever exist:
 * the list is filled up by repeating its last element, to the next power of two or the
 * middle between two of them. Each text is prepared on the server once for each
 * connection and kept there, and a statement of every length from 1 to {@value #MAX_ROWS}
 * would fill the server's memory, while a row that is there already costs it nearly as
 * much as a new one. Repeating is harmless in an {@code IN} list and in an upsert, and
 * nowhere else. Immutable.
 */
public final class RowList {

	/** The longest list. */
	public static final int MAX_ROWS = 512;

	private final Map<Integer, String> statements;

	/**
	 * @param statement the statement with {@code %s} where the list goes
	 * @param row one element, such as {@code (?, ?)}
	 */
	public RowList(String statement, String row) {
		this.statements = IntStream.rangeClosed(1, MAX_ROWS)
			.map(RowList::filledUp)
			.distinct()
			.boxed()
			.collect(Collectors.toUnmodifiableMap(Function.identity(),
					length -> statement.formatted(repeat(row, length))));
	}

	/**
	 * The statement for a list of this length.
	 * @throws IllegalArgumentException if the list is empty or too long
	 */
	public String statementFor(int rows) {
		return requireNonNull(statements.get(filledUp(rows)));
	}

	/**
	 * The list, filled up to the length that {@link #statementFor} has room for.
	 * @throws IllegalArgumentException if the list is empty or too long
	 */
	public static <T> List<T> fillUp(List<T> rows) {
		int missing = filledUp(rows.size()) - rows.size();
		return Stream.concat(rows.stream(), IntStream.range(0, missing).mapToObj(ignored -> rows.getLast())).toList();
	}

	/** A list of any length in parts, each short enough for a statement. */
	public static <T> List<List<T>> parts(List<T> rows) {
		return IntStream.iterate(0, from -> from < rows.size(), from -> from + MAX_ROWS)
			.mapToObj(from -> rows.subList(from, Math.min(from + MAX_ROWS, rows.size())))
			.toList();
	}

	private static int filledUp(int rows) {
		if (rows < 1 || rows > MAX_ROWS) {
			throw new IllegalArgumentException("a list must have 1 to %d rows, but has %d".formatted(MAX_ROWS, rows));
		}
		int step = Math.max(1, Integer.highestOneBit(rows - 1) / 2);
		return Math.ceilDiv(rows, step) * step;
	}

	private static String repeat(String row, int times) {
		return IntStream.range(0, times).mapToObj(ignored -> row).collect(Collectors.joining(", "));
	}

}
