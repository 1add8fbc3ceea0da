package dev.herald.benchmarks;

import java.util.Locale;

/** How values look in tables for people. */
final class Cells {

	private static final String UNKNOWN = "–";

	private Cells() {
	}

	/** Texts as they are, numbers with as many decimals as say something. */
	static String text(Object cell) {
		return switch (cell) {
			case Double number -> text(number.doubleValue());
			case Float number -> text(number.doubleValue());
			case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
			default -> cell.toString();
		};
	}

	static String text(double number, String unit) {
		return unit.isEmpty() ? text(number) : text(number) + " " + unit;
	}

	private static String text(double number) {
		if (Double.isNaN(number)) {
			return UNKNOWN;
		}
		double size = Math.abs(number);
		boolean whole = size >= 100 || number == Math.rint(number);
		String format = whole ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
		return String.format(Locale.ROOT, format, number);
	}

}
