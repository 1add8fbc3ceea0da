package dev.herald.api.targeted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTests {

	@Test
	void linesAreNumberedAsTheyCameAndBlankOnesPassedOver() throws IOException {
		assertThat(read("a\n\n \r\nbc\r\nlast", 100, 10)).containsExactly("1:a", "4:bc\r", "5:last");
		assertThat(read("", 100, 10)).isEmpty();
		assertThat(read("\n", 100, 10)).isEmpty();
	}

	@Test
	void aLineThatIsTooLongIsToldAndTheNextIsRead() throws IOException {
		assertThat(read("0123456789\n0123456789x\nok\n", 100, 10)).containsExactly("1:0123456789", "2:null", "3:ok");
		assertThat(read("x".repeat(50_000) + "\nok", 100_000, 10)).containsExactly("1:null", "2:ok");
		assertThat(read("y".repeat(20_000) + "\nok", 100_000, 20_000)).containsExactly("1:" + "y".repeat(20_000),
				"2:ok");
	}

	@Test
	void aStreamThatIsTooLongEnds() {
		assertThatThrownBy(() -> read("a\n".repeat(51), 100, 10)).isInstanceOf(Lines.TooLongException.class)
			.hasMessageContaining("100 bytes");
	}

	@Test
	void theHashIsThatOfEveryByte() throws IOException {
		assertThat(hash("a\n\nb")).isEqualTo(hash("a\n\nb")).isNotEqualTo(hash("a\nb"));
	}

	private static byte[] hash(String text) throws IOException {
		Lines lines = lines(text, 100, 10);
		while (lines.next() != null) {
			// To the end.
		}
		return lines.sha256();
	}

	private static List<String> read(String text, long maxBytes, int maxLine) throws IOException {
		Lines lines = lines(text, maxBytes, maxLine);
		List<String> read = new ArrayList<>();
		for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
			byte[] content = line.text();
			read.add(line.number() + ":" + (content == null ? "null" : new String(content, StandardCharsets.UTF_8)));
		}
		return read;
	}

	private static Lines lines(String text, long maxBytes, int maxLine) {
		return new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), maxBytes, maxLine);
	}

}
