package dev.herald.api.history;

import dev.herald.api.notification.NotificationStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which notifications are wanted by what became of them.
 *
 * @param value one of {@link #VALUES}: the status that a notification shows, or
 * {@value #FAILED} for those with a job that ended otherwise than accepted
 */
record StatusFilter(String value) {

	static final String FAILED = "failed";

	static final List<String> VALUES = Stream
		.concat(Arrays.stream(NotificationStatus.values()).map(NotificationStatus::value),
				Stream.of(NotificationView.ENDED, FAILED))
		.toList();

	/**
	 * @throws IllegalArgumentException if there is no such status
	 */
	StatusFilter {
		if (!VALUES.contains(value)) {
			throw new IllegalArgumentException(
					"status must be one of %s, but was \"%s\"".formatted(String.join(", ", VALUES), value));
		}
	}

	boolean takes(NotificationView notification) {
		return FAILED.equals(value) ? notification.books().failed() > 0 : notification.status().equals(value);
	}

}
