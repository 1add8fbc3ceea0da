package dev.herald.common.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationIdTests {

	@Test
	void laterIdsSortLaterAsObjectsAsTextAndAsBytes() {
		List<NotificationId> created = Stream.generate(NotificationId::create).limit(100_000).toList();

		assertThat(created).isSorted().doesNotHaveDuplicates();
		assertThat(created.stream().map(NotificationId::toString)).isSorted();
	}

	@Test
	void idsMadeByManyThreadsNeverRepeat() throws InterruptedException {
		try (var threads = Executors.newFixedThreadPool(8)) {
			Callable<List<NotificationId>> many = () -> Stream.generate(NotificationId::create).limit(20_000).toList();

			List<NotificationId> all = threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> many).toList())
				.stream()
				.flatMap(made -> made.resultNow().stream())
				.toList();

			assertThat(all).hasSize(160_000).doesNotHaveDuplicates();
		}
	}

	@Test
	void anIdKnowsWhenItWasCreated() {
		Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

		NotificationId id = NotificationId.create();

		assertThat(id.createdAt()).isBetween(before, Instant.now().plusSeconds(1));
		assertThat(id.value().version()).isEqualTo(7);
		assertThat(id.value().variant()).isEqualTo(2);
	}

	@Test
	void theTimeIsReadFromTheFirst48Bits() {
		NotificationId id = NotificationId.parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");

		assertThat(id.createdAt()).isEqualTo("2022-02-22T19:22:22Z");
	}

	@Test
	void orderIsThatOfTheBytesAlsoBeyondTheSign() {
		NotificationId low = new NotificationId(new UUID(1, Long.MAX_VALUE));
		NotificationId high = new NotificationId(new UUID(1, Long.MIN_VALUE));
		NotificationId highest = new NotificationId(new UUID(Long.MIN_VALUE, 0));

		assertThat(List.of(low, high, highest)).isSorted();
		assertThat(low).isEqualByComparingTo(new NotificationId(new UUID(1, Long.MAX_VALUE)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F" })
	void theCanonicalFormIsParsed(String text) {
		assertThat(NotificationId.parse(text)).hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "17", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
			"017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
			"{17f22e2-79b0-7cc3-98c4-dc0c0c07398}", "1-79b0-7cc3-98c4-0000000dc0c0c07398f",
			"00000000017f22e2-79b0-7cc3-98c4-dc0c", "017f22e2-79b0-7cc3-98c4-+c0c0c07398f",
			"７17f22e2-79b0-7cc3-98c4-dc0c0c07398f" })
	void anyOtherFormIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> NotificationId.parse(text))
			.withMessage("notification_id must be a UUID of 36 characters, but was \"%s\"", text);
	}

}
