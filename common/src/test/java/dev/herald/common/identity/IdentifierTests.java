package dev.herald.common.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTests {

	private static final List<String> BAD_EVERYWHERE = List.of("", " ", "a b", " a", "a ", "a\n", "a\t", "\u0000",
			"\u007f", "ü", "日本", "🚕", "\ud83d", "a\u200b", "\u00a0");

	@ParameterizedTest
	@MethodSource("good")
	void aValueWithinTheLimitsIsTakenAsItIs(Function<String, Object> identifier, String value) {
		assertThat(identifier.apply(value)).hasToString(value);
	}

	static Stream<Arguments> good() {
		return Stream
			.of(rows(UserId::new, "42", "a", "~", "!", "user@acme.example", "*", "a/b?c#d", "Abc", "x".repeat(128)),
					rows(DeviceId::new, "8C9A-7", "{00008030-001}", "\"", "\\", "x".repeat(128)),
					rows(ApplicationId::new, "com.acme.rider", "a", "7", "A-b_c.d", "a..b", "x".repeat(128)))
			.flatMap(rows -> rows);
	}

	@ParameterizedTest
	@MethodSource("bad")
	void aValueBeyondTheLimitsIsRefusedWithWhatWasExpected(Function<String, Object> identifier, String value,
			String expected) {
		assertThatIllegalArgumentException().isThrownBy(() -> identifier.apply(value))
			.withMessageStartingWith(expected);
	}

	static Stream<Arguments> bad() {
		return Stream.of(
				badRows(UserId::new, "user_id must be 1 to 128 visible ASCII characters without spaces, but was \"",
						"x".repeat(129)),
				badRows(DeviceId::new, "device_id must be 1 to 128 visible ASCII characters without spaces, but was \"",
						"x".repeat(129)),
				badRows(ApplicationId::new,
						"application_id must be 1 to 128 letters, digits, dots, hyphens or underscores, "
								+ "the first a letter or a digit, but was \"",
						"x".repeat(129), ".a", "-a", "_a", "*", "a*", "a/b", "a#", "a:b", "a%20b"),
				badRows(DeviceToken::new, "token must be 1 to 2048 visible ASCII characters without spaces, but has ",
						"x".repeat(2049)))
			.flatMap(rows -> rows);
	}

	@Test
	void aRefusalShowsNoMoreThanTheBeginningOfALongValue() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UserId("x".repeat(100_000)))
			.withMessageEndingWith("but was \"" + "x".repeat(64) + "…\" (100000 characters)");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE })
	void aRegistrationIsNumberedFromOne(long value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RegistrationId(value))
			.withMessage("registration_id must be positive, but was " + value);
	}

	@Test
	void identifiersAreComparedByteForByte() {
		assertThat(new UserId("Anna")).isNotEqualTo(new UserId("anna"));
		assertThat(new ApplicationId("com.acme.Rider")).isNotEqualTo(new ApplicationId("com.acme.rider"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "ab", "740f4707bebcf74f", "dQw4w9WgXcQ:APA91bHun4MxP5egoKMwt2KZFBaFUH" })
	void aDeviceTokenNeverPrintsMoreThanItsBeginning(String value) {
		String printed = new DeviceToken(value).toString();

		assertThat(printed).endsWith("…").hasSizeLessThanOrEqualTo(7);
		assertThat(value).startsWith(printed.substring(0, printed.length() - 1)).isNotEqualTo(printed);
		assertThat(printed.length() - 1).isLessThanOrEqualTo(value.length() / 2);
	}

	@Test
	void aRefusedDeviceTokenIsNotRepeated() {
		assertThatIllegalArgumentException().isThrownBy(() -> new DeviceToken("secret token"))
			.withMessageContaining("12 characters")
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@EnumSource
	void aProviderIsFoundByItsNameOnTheWire(Provider provider) {
		assertThat(Provider.of(provider.value())).isSameAs(provider);
		assertThat(provider.value()).isEqualTo(provider.name().toLowerCase(java.util.Locale.ROOT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "FCM", "fcm ", "Apns", "hms" })
	void anUnknownProviderIsRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> Provider.of(value))
			.withMessage("provider must be fcm or apns, but was \"%s\"", value);
	}

	@ParameterizedTest
	@EnumSource
	void anEnvironmentIsFoundByItsNameOnTheWire(Environment environment) {
		assertThat(Environment.of(environment.value())).isSameAs(environment);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "PRODUCTION", "staging" })
	void anUnknownEnvironmentIsRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> Environment.of(value))
			.withMessage("environment must be production or sandbox, but was \"%s\"", value);
	}

	private static Stream<Arguments> rows(Function<String, Object> identifier, String... values) {
		return Stream.of(values).map(value -> Arguments.of(identifier, value));
	}

	private static Stream<Arguments> badRows(Function<String, Object> identifier, String expected, String... values) {
		return Stream.concat(BAD_EVERYWHERE.stream(), Stream.of(values))
			.map(value -> Arguments.of(identifier, value, expected));
	}

}
