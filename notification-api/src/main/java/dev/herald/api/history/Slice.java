package dev.herald.api.history;

import dev.herald.common.identity.NotificationId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a range of the past, from its newest end.
 *
 * @param entries newest first; it may be fewer than were read
 * @param readTo the id down to which everything was read, itself included; null if that
 * is all of the range
 */
record Slice<T>(List<T> entries, @Nullable NotificationId readTo) {

	Slice {
		entries = List.copyOf(entries);
	}

	/** Everything that the range holds. */
	static <T> Slice<T> whole(List<T> entries) {
		return new Slice<>(entries, null);
	}

	/** What was read with a limit, which ends the slice where it was reached. */
	static <T> Slice<T> read(List<T> rows, int limit, Function<T, NotificationId> id) {
		return new Slice<>(rows, rows.size() < limit ? null : id.apply(rows.getLast()));
	}

	/** What several slices of one range hold together, as far down as all were read. */
	static <T> Slice<T> merged(List<Slice<T>> slices, Function<T, NotificationId> id) {
		NotificationId readTo = slices.stream()
			.map(Slice::readTo)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
		List<T> entries = slices.stream()
			.flatMap(slice -> slice.entries.stream())
			.filter(entry -> readTo == null || id.apply(entry).compareTo(readTo) >= 0)
			.distinct()
			.sorted(Comparator.comparing(id).reversed())
			.toList();
		return new Slice<>(entries, readTo);
	}

	/** The slice with its entries turned into something else, in the same order. */
	<R> Slice<R> with(Function<List<T>, List<R>> change) {
		return new Slice<>(change.apply(entries), readTo);
	}

}
