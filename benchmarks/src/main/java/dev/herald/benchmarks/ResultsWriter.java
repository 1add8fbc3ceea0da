package dev.herald.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows results on the console, and keeps each as {@code NAME.json}, {@code NAME.md} and
 * {@code NAME.svg}, in place of what an earlier run left.
 */
final class ResultsWriter {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final PrintStream console;

	private final Path folder;

	/**
	 * @param folder where to keep results, made if need be
	 */
	ResultsWriter(PrintStream console, Path folder) {
		this.console = console;
		this.folder = folder;
	}

	void write(Benchmark benchmark, Size size, BenchmarkResult result, MachineDescription machine) {
		print(benchmark, result);
		try {
			Files.createDirectories(folder);
			keep(benchmark, ".json", json(benchmark, size, result, machine));
			keep(benchmark, ".md", markdown(benchmark, size, result, machine));
			keep(benchmark, ".svg", SvgWriter.draw(heading(benchmark, size), result.charts(), machine.line()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the results could not be written to " + folder, ex);
		}
	}

	private void keep(Benchmark benchmark, String ending, String content) throws IOException {
		Files.writeString(folder.resolve(benchmark.name() + ending), content);
	}

	/** Nobody is to take a quick run's figures for what was measured. */
	private static String heading(Benchmark benchmark, Size size) {
		String heading = "%s: %s".formatted(benchmark.name(), benchmark.question());
		return switch (size) {
			case QUICK -> heading + " (quick run: shows that it works, the figures prove nothing)";
			case FULL -> heading;
		};
	}

	private void print(Benchmark benchmark, BenchmarkResult result) {
		console.printf("%n%s: %s%n", benchmark.name(), benchmark.question());
		for (Table table : result.tables()) {
			console.printf("%n%s%n", table.title());
			lines(table).forEach(line -> console.println("  " + line));
		}
		result.notes().forEach(note -> console.println("  note: " + note));
		console.println();
		goals(result.goals());
	}

	/** One line for each goal. */
	void goals(List<Goal> goals) {
		for (Goal goal : goals) {
			console.printf("  %-6s  %s: %s; %s%n", goal.verdict(), goal.target().text(), goal.target().boundText(),
					goal.figureText());
		}
	}

	/** Keeps the goals of a run of everything as {@code goals.md}. */
	void keepGoals(List<Goal> goals) {
		try {
			Files.writeString(folder.resolve("goals.md"), "# To reach\n\n" + goalsTable(goals));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the goals could not be written to " + folder, ex);
		}
	}

	/** Columns below each other: texts to the left, numbers to the right. */
	static List<String> lines(Table table) {
		List<List<String>> cells = new ArrayList<>(List.of(table.columns()));
		table.rows().forEach(row -> cells.add(row.stream().map(Cells::text).toList()));
		int[] widths = IntStream.range(0, table.columns().size())
			.map(column -> cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
			.toArray();
		return cells.stream()
			.map(row -> IntStream.range(0, widths.length)
				.mapToObj(column -> padded(row.get(column), isText(table, column) ? -widths[column] : widths[column]))
				.collect(Collectors.joining("  "))
				.stripTrailing())
			.toList();
	}

	private static String padded(String text, int width) {
		return width == 0 ? text : ("%" + width + "s").formatted(text);
	}

	private static boolean isText(Table table, int column) {
		return table.rows().stream().anyMatch(row -> row.get(column) instanceof String);
	}

	private static String markdown(Benchmark benchmark, Size size, BenchmarkResult result, MachineDescription machine) {
		StringBuilder text = new StringBuilder();
		text.append("# ").append(heading(benchmark, size)).append("\n\n").append(machine.line()).append("\n\n");
		if (!result.charts().isEmpty()) {
			text.append("![").append(benchmark.name()).append("](").append(benchmark.name()).append(".svg)\n\n");
		}
		result.tables().forEach(table -> appendTable(text, table));
		result.notes().forEach(note -> text.append("- ").append(note).append('\n'));
		return text.append('\n').append(goalsTable(result.goals())).toString();
	}

	private static void appendTable(StringBuilder text, Table table) {
		text.append("## ").append(table.title()).append("\n\n");
		appendRow(text, table.columns());
		appendRow(text,
				IntStream.range(0, table.columns().size())
					.mapToObj(column -> isText(table, column) ? "---" : "---:")
					.toList());
		table.rows().forEach(row -> appendRow(text, row.stream().map(Cells::text).toList()));
		text.append('\n');
	}

	private static void appendRow(StringBuilder text, List<String> cells) {
		text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	/** The goals as a table of Markdown, or nothing if there are none. */
	static String goalsTable(List<Goal> goals) {
		if (goals.isEmpty()) {
			return "";
		}
		StringBuilder text = new StringBuilder("| to reach | | measured | |\n| --- | --- | ---: | --- |\n");
		goals.forEach(goal -> appendRow(text,
				List.of(goal.target().text(), goal.target().boundText(), goal.figureText(), goal.verdict())));
		return text.toString();
	}

	private static String json(Benchmark benchmark, Size size, BenchmarkResult result, MachineDescription machine) {
		ObjectNode root = JSON.createObjectNode();
		root.put("name", benchmark.name()).put("question", benchmark.question());
		root.put("size", size.name().toLowerCase(java.util.Locale.ROOT));
		root.set("machine", JSON.valueToTree(machine.facts()));
		ArrayNode tables = root.putArray("tables");
		result.tables().forEach(table -> {
			ObjectNode node = tables.addObject().put("title", table.title());
			node.set("columns", JSON.valueToTree(table.columns()));
			ArrayNode rows = node.putArray("rows");
			table.rows().forEach(row -> rows.add(row(row)));
		});
		root.set("figures", JSON.valueToTree(result.figures()));
		root.set("goals", goals(result));
		root.set("notes", JSON.valueToTree(result.notes()));
		return JSON.writeValueAsString(root) + "\n";
	}

	private static ArrayNode row(List<Object> row) {
		ArrayNode cells = JSON.createArrayNode();
		row.forEach(cell -> cells.addPOJO(isUnknown(cell) ? null : cell));
		return cells;
	}

	private static boolean isUnknown(Object cell) {
		return cell instanceof Double number && !Double.isFinite(number);
	}

	private static ArrayNode goals(BenchmarkResult result) {
		ArrayNode goals = JSON.createArrayNode();
		for (Goal goal : result.goals()) {
			ObjectNode node = goals.addObject()
				.put("text", goal.target().text())
				.put("bound", goal.target().boundText())
				.put("met", goal.met());
			if (Double.isFinite(goal.figure())) {
				node.put("figure", goal.figure());
			}
			else {
				node.put("reason", goal.reason());
			}
		}
		return goals;
	}

}
