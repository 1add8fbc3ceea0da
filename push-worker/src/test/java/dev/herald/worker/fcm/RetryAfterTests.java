package dev.herald.worker.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			30                            | PT30S
			' 7 '                         | PT7S
			0                             | PT0S
			-5                            | PT0S
			Fri, 20 Nov 2026 12:02:00 GMT | PT2M
			Fri, 20 Nov 2026 11:00:00 GMT | PT0S
			soon                          | -
			99999999999999999999          | -
			9223372036854775807           | PT720H
			-                             | -
			""")
	void readsSecondsAndDates(@Nullable String header, @Nullable Duration expected) {
		assertThat(RetryAfter.parse(header, NOW)).isEqualTo(expected);
	}

}
