package dev.herald.worker.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.eatthepath.pushy.apns.server.RejectionReason;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApnsOutcomeClassifierTests {

	private static final Instant ASKED_AT = Instant.parse("2026-11-20T12:00:00Z");

	private static final Instant DIED_AT = Instant.parse("2026-11-01T00:00:00Z");

	private static final Duration A_MINUTE = Duration.ofMinutes(1);

	@ParameterizedTest
	@MethodSource("table")
	void everyRefusalHasItsOutcome(ApnsAnswer answer, PushOutcome expected) {
		assertThat(ApnsOutcomeClassifier.classify(answer, TokenStanding.UNKNOWN, ASKED_AT)).isEqualTo(expected);
	}

	static Stream<Arguments> table() {
		return Stream.of(
				// dead tokens
				row(410, "Unregistered", DIED_AT, new TokenInvalid("Unregistered", DIED_AT)),
				row(410, "ExpiredToken", DIED_AT, new TokenInvalid("ExpiredToken", DIED_AT)),
				row(410, "Unregistered", new TokenInvalid("Unregistered", ASKED_AT)),
				// ours
				row(403, "InvalidProviderToken", new Misconfigured("InvalidProviderToken")),
				row(403, "MissingProviderToken", new Misconfigured("MissingProviderToken")),
				row(403, "BadCertificate", new Misconfigured("BadCertificate")),
				row(403, "BadCertificateEnvironment", new Misconfigured("BadCertificateEnvironment")),
				row(403, "BadEnvironmentKeyIdInToken", new Misconfigured("BadEnvironmentKeyIdInToken")),
				row(403, "Forbidden", new Misconfigured("Forbidden")),
				row(400, "TopicDisallowed", new Misconfigured("TopicDisallowed")),
				row(400, "BadTopic", new Misconfigured("BadTopic")),
				row(400, "MissingTopic", new Misconfigured("MissingTopic")),
				row(403, "ExpiredProviderToken", Retryable.soon("ExpiredProviderToken")),
				// this push
				row(413, "PayloadTooLarge", new Rejected("PayloadTooLarge")),
				row(400, "PayloadEmpty", new Rejected("PayloadEmpty")),
				row(400, "BadCollapseId", new Rejected("BadCollapseId")),
				row(400, "BadExpirationDate", new Rejected("BadExpirationDate")),
				row(400, "BadMessageId", new Rejected("BadMessageId")),
				row(400, "BadPriority", new Rejected("BadPriority")),
				row(400, "DuplicateHeaders", new Rejected("DuplicateHeaders")),
				row(400, "InvalidPushType", new Rejected("InvalidPushType")),
				row(400, "MissingDeviceToken", new Rejected("MissingDeviceToken")),
				row(404, "BadPath", new Rejected("BadPath")),
				row(405, "MethodNotAllowed", new Rejected("MethodNotAllowed")),
				row(400, "SomethingNew", new Rejected("SomethingNew")), row(418, "Teapot", new Rejected("Teapot")),
				// too fast
				row(429, "TooManyRequests", Retryable.deviceBusy("TooManyRequests", A_MINUTE)),
				row(429, "TooManyProviderTokenUpdates",
						Retryable.overQuota("TooManyProviderTokenUpdates", Duration.ofMinutes(5))),
				// theirs
				row(500, "InternalServerError", Retryable.soon("InternalServerError")),
				row(503, "ServiceUnavailable", Retryable.soon("ServiceUnavailable")),
				row(503, "Shutdown", Retryable.soon("Shutdown")),
				row(400, "IdleTimeout", Retryable.soon("IdleTimeout")),
				arguments(new ApnsAnswer(502, null, null), Retryable.soon("HTTP 502")),
				// either: see below
				row(400, "BadDeviceToken", new Rejected("BadDeviceToken")),
				row(400, "DeviceTokenNotForTopic", new Rejected("DeviceTokenNotForTopic")));
	}

	private static Arguments row(int status, String reason, PushOutcome expected) {
		return arguments(new ApnsAnswer(status, reason, null), expected);
	}

	private static Arguments row(int status, String reason, Instant invalidSince, PushOutcome expected) {
		return arguments(new ApnsAnswer(status, reason, invalidSince), expected);
	}

	@Test
	void everyReasonOfPushyIsInTheTable() {
		Set<String> inTable = table().flatMap(row -> Stream.of(row.get()))
			.filter(ApnsAnswer.class::isInstance)
			.map(answer -> String.valueOf(((ApnsAnswer) answer).reason()))
			.collect(Collectors.toSet());

		assertThat(inTable)
			.containsAll(Arrays.stream(RejectionReason.values()).map(ApnsOutcomeClassifierTests::word).toList());
	}

	/** pushy keeps Apple's words to itself; its constants are named after them. */
	private static String word(RejectionReason reason) {
		return Arrays.stream(reason.name().split("_", -1))
			.map(part -> part.charAt(0) + part.substring(1).toLowerCase(java.util.Locale.ROOT))
			.collect(Collectors.joining());
	}

	@ParameterizedTest
	@MethodSource("ambiguous")
	void aRefusedTokenIsJudgedByHowTheOthersFare(String reason, TokenStanding standing, PushOutcome expected) {
		ApnsAnswer answer = new ApnsAnswer(400, reason, null);

		assertThat(ApnsOutcomeClassifier.isAmbiguousAboutToken(answer)).isTrue();
		assertThat(ApnsOutcomeClassifier.classify(answer, standing, ASKED_AT)).isEqualTo(expected);
	}

	static Stream<Arguments> ambiguous() {
		return Stream.of("BadDeviceToken", "DeviceTokenNotForTopic")
			.flatMap(reason -> Stream.of(arguments(reason, TokenStanding.ACCEPTED, new TokenInvalid(reason, ASKED_AT)),
					arguments(reason, TokenStanding.UNKNOWN, new Rejected(reason)),
					arguments(reason, TokenStanding.REFUSED,
							new Misconfigured(reason + " for every token: wrong environment or topic"))));
	}

}
