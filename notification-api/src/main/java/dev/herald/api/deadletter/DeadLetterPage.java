package dev.herald.api.deadletter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters, newest first.
 *
 * @param next what to ask for as {@code before} in order to go on, absent at the end
 */
record DeadLetterPage(List<DeadLetterView> deadLetters, @Nullable Long next) {

	static DeadLetterPage of(List<KeptDeadLetter> found, int limit) {
		return new DeadLetterPage(found.stream().map(DeadLetterView::of).toList(),
				found.size() < limit ? null : found.getLast().id());
	}

}
