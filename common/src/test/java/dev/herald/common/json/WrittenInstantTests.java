package dev.herald.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenInstantTests {

	private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

	private static final long AFTER_LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli() + 1;

	@Test
	void whatHeraldWritesIsRead() {
		Random random = new Random(42);

		random.longs(10_000, FIRST, AFTER_LAST)
			.mapToObj(Instant::ofEpochMilli)
			.forEach(moment -> assertThat(WrittenInstant.read(moment.toString())).isEqualTo(moment));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2028-02-29T23:59:59Z", "2026-03-01T00:00:00Z", "1969-12-31T23:59:59.999Z",
			"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-03-01T10:15:30.010Z" })
	void theEdgesAreRead(String text) {
		assertThat(WrittenInstant.read(text)).isEqualTo(Instant.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2026-03-01", "2026-03-01T10:15Z", "2026-03-01T10:15:30.1Z",
			"2026-03-01T10:15:30.123456Z", "2026-03-01T11:15:30+01:00", "2026-03-01t10:15:30z", "2026-03-01 10:15:30Z",
			"2026-13-01T10:15:30Z", "2026-02-30T10:15:30Z", "2026-03-01T24:00:00Z", "2026-03-01T10:15:60Z",
			"2026-03-01T10:15:30,123Z", "+026-03-01T10:15:30Z", "-026-03-01T10:15:30Z", "2026-03-01T10:15:-1Z",
			"\uff12026-03-01T10:15:30Z", "2026-03-01T10:15:30.123X" })
	void everyOtherFormIsLeftAlone(String text) {
		assertThat(WrittenInstant.read(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-01T10:15:30Z", "2026-03-01T10:15:30.000Z", "2026-03-01T10:15:30.000000Z",
			"2026-03-01T11:15:30+01:00" })
	void everyFormOfAMomentIsThatMoment(String text) {
		assertThat(read('"' + text + '"')).isEqualTo(Instant.parse("2026-03-01T10:15:30Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"2026-02-30T10:15:30Z\"", "\"2026-03-01\"", "\"soon\"", "{}", "true" })
	void whatIsNoMomentIsRefused(String json) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> read(json));
	}

	private static Instant read(String json) {
		return HeraldJson.read(json.getBytes(StandardCharsets.UTF_8), Instant.class);
	}

}
