package dev.herald.api.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowListTests {

	private final RowList in = new RowList("IN (%s)", "?");

	@Test
	void aListIsFilledUpWithItsLastElement() {
		assertThat(in.statementFor(1)).isEqualTo("IN (?)");
		assertThat(in.statementFor(5)).isEqualTo("IN (?, ?, ?, ?, ?, ?)");
		assertThat(RowList.fillUp(List.of("a"))).containsExactly("a");
		assertThat(RowList.fillUp(List.of("a", "b", "c", "d", "e"))).containsExactly("a", "b", "c", "d", "e", "e");
	}

	@Test
	void everyStatementHasAsManyPlacesAsTheFilledList() {
		for (int size = 1; size <= RowList.MAX_ROWS; size++) {
			long places = in.statementFor(size).chars().filter(c -> c == '?').count();
			assertThat(RowList.fillUp(Collections.nCopies(size, "a"))).hasSize((int) places);
		}
	}

	@Test
	void onlyPowersOfTwoAndTheMiddlesBetweenThemExist() {
		assertThat(IntStream.rangeClosed(1, RowList.MAX_ROWS)
			.map(size -> RowList.fillUp(Collections.nCopies(size, "a")).size())
			.distinct()).containsExactly(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512);
	}

	@Test
	void aListThatIsEmptyOrTooLongIsRefused() {
		assertThatThrownBy(() -> in.statementFor(0)).hasMessage("a list must have 1 to 512 rows, but has 0");
		assertThatThrownBy(() -> in.statementFor(513)).hasMessage("a list must have 1 to 512 rows, but has 513");
	}

}
