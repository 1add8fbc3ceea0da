package dev.herald.api.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowListTests {

	private final RowList in = new RowList("IN (%s)", "?");

	@Test
	void aListIsFilledUpWithItsLastElement() {
		assertThat(in.statementFor(1)).isEqualTo("IN (?)");
		assertThat(in.statementFor(3)).isEqualTo("IN (?, ?, ?, ?)");
		assertThat(RowList.fillUp(List.of("a"))).containsExactly("a");
		assertThat(RowList.fillUp(List.of("a", "b", "c"))).containsExactly("a", "b", "c", "c");
	}

	@Test
	void everyStatementHasAsManyPlacesAsTheFilledList() {
		for (int size = 1; size <= RowList.MAX_ROWS; size++) {
			long places = in.statementFor(size).chars().filter(c -> c == '?').count();
			assertThat(RowList.fillUp(Collections.nCopies(size, "a"))).hasSize((int) places);
		}
	}

	@Test
	void onlyTenStatementsExist() {
		assertThat(IntStream.rangeClosed(1, RowList.MAX_ROWS).mapToObj(in::statementFor).collect(Collectors.toSet()))
			.hasSize(10);
	}

	@Test
	void aListThatIsEmptyOrTooLongIsRefused() {
		assertThatThrownBy(() -> in.statementFor(0)).hasMessage("a list must have 1 to 512 rows, but has 0");
		assertThatThrownBy(() -> in.statementFor(513)).hasMessage("a list must have 1 to 512 rows, but has 513");
	}

}
