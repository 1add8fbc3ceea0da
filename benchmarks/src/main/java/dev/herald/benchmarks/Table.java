package dev.herald.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Columns and rows. A cell is a {@link String}, a whole number or a {@link Double}, of
 * which {@link Double#NaN} means that it is not known. Not for use by several threads.
 */
public final class Table {

	private final String title;

	private final List<String> columns;

	private final List<List<Object>> rows = new ArrayList<>();

	private Table(String title, List<String> columns) {
		this.title = title;
		this.columns = columns;
	}

	/**
	 * An empty table.
	 * @param columns their headings, with the unit: "p99 ms"
	 */
	public static Table of(String title, String... columns) {
		return new Table(title, List.of(columns));
	}

	/**
	 * Adds a row and gives the table back.
	 * @throws IllegalArgumentException if it has not a cell for each column
	 */
	public Table row(Object... cells) {
		return row(Arrays.asList(cells));
	}

	/**
	 * Likewise.
	 * @throws IllegalArgumentException if it has not a cell for each column, or something
	 * else than texts and numbers
	 */
	public Table row(List<?> cells) {
		if (cells.size() != columns.size()) {
			throw new IllegalArgumentException(
					"a row of \"%s\" has %d cells %s, but was %s".formatted(title, columns.size(), columns, cells));
		}
		for (Object cell : cells) {
			if (!(cell instanceof String || cell instanceof Number)) {
				throw new IllegalArgumentException(
						"a cell is a text or a number, but was %s in %s".formatted(cell, cells));
			}
		}
		rows.add(List.copyOf(cells));
		return this;
	}

	/** What it is about. */
	public String title() {
		return title;
	}

	/** The headings. */
	public List<String> columns() {
		return columns;
	}

	/** The rows so far. */
	public List<List<Object>> rows() {
		return List.copyOf(rows);
	}

}
