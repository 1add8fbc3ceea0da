package dev.herald.tokenstore.paging;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.DeviceFilter;
import dev.herald.tokenstore.device.DeviceRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a condition on a row. The number of values is padded to a power of two by
 * asking for the last one again, so that a handful of prepared statements serves every
 * number.
 *
 * @param sql what may follow {@code WHERE}; true for every row if there is no filter
 * @param parameters its parameters, in their order
 */
record FilterCondition(String sql, List<Object> parameters) {

	/** RFC 4647, 2.1, Basic Language Range. */
	private static final Pattern RANGE = Pattern.compile("\\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

	/**
	 * Android and iOS write locales in forms of their own, such as {@code de_AT} and
	 * {@code en_US@rg=gbzzzz}. The hyphen at the end lets {@code de} match {@code de-%}
	 * and {@code den} not.
	 */
	private static final String LOCALE = "CONCAT(REPLACE(REPLACE(LOWER(locale), '_', '-'), '@', '-'), '-') LIKE ?";

	/**
	 * @throws InvalidFieldException if a locale is no language range
	 */
	static FilterCondition of(DeviceFilter filter) {
		List<String> conditions = new ArrayList<>();
		List<Object> parameters = new ArrayList<>();
		if (!filter.locales().isEmpty()) {
			List<String> patterns = padded(filter.locales().stream().map(FilterCondition::pattern).toList());
			conditions.add("(" + String.join(" OR ", Collections.nCopies(patterns.size(), LOCALE)) + ")");
			parameters.addAll(patterns);
		}
		if (!filter.appVersions().isEmpty()) {
			List<String> versions = padded(filter.appVersions());
			conditions.add("app_version IN (" + String.join(", ", Collections.nCopies(versions.size(), "?")) + ")");
			parameters.addAll(versions);
		}
		if (filter.activeSince() != null) {
			conditions.add("last_seen_at >= ?");
			parameters.add(DeviceRows.time(filter.activeSince()));
		}
		return new FilterCondition(conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions),
				List.copyOf(parameters));
	}

	private static String pattern(@Nullable String range) {
		if (range == null || !RANGE.matcher(range).matches()) {
			throw new InvalidFieldException("filter.locales",
					"each of locales must be a language range such as de or de-AT, but one was \"%.64s\""
						.formatted(range));
		}
		return range.equals("*") ? "%" : range.toLowerCase(Locale.ROOT) + "-%";
	}

	private static List<String> padded(List<String> values) {
		int size = values.size() == 1 ? 1 : 2 * Integer.highestOneBit(values.size() - 1);
		List<String> padded = new ArrayList<>(values);
		padded.addAll(Collections.nCopies(size - values.size(), values.getLast()));
		return padded;
	}

}
