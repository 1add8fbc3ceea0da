package dev.herald.worker.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.firebase.messaging.MessagingErrorCode;
import dev.herald.worker.fcm.FcmFailure.Answer;
import dev.herald.worker.fcm.FcmFailure.NoAccessToken;
import dev.herald.worker.fcm.FcmFailure.NoAnswer;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FcmOutcomeClassifierTests {

	private static final Instant ASKED_AT = Instant.parse("2026-11-20T12:00:00Z");

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	@ParameterizedTest
	@MethodSource("table")
	void everyFailureHasItsOutcome(FcmFailure failure, PushOutcome expected) {
		assertThat(FcmOutcomeClassifier.classify(failure, ASKED_AT)).isEqualTo(expected);
	}

	static Stream<Arguments> table() {
		return Stream.of(
				// with a code of FCM's
				arguments(answer(404, MessagingErrorCode.UNREGISTERED, "gone", null),
						new TokenInvalid("UNREGISTERED", ASKED_AT)),
				arguments(answer(403, MessagingErrorCode.SENDER_ID_MISMATCH, "SenderId mismatch", null),
						new Rejected("SENDER_ID_MISMATCH")),
				arguments(
						answer(400, MessagingErrorCode.INVALID_ARGUMENT,
								"The registration token is not a valid FCM registration token", null),
						new TokenInvalid("INVALID_ARGUMENT", ASKED_AT)),
				arguments(answer(400, MessagingErrorCode.INVALID_ARGUMENT, "Message too big", null),
						new Rejected("INVALID_ARGUMENT: Message too big")),
				arguments(answer(401, MessagingErrorCode.THIRD_PARTY_AUTH_ERROR, "Invalid APNs credential", null),
						new Misconfigured("THIRD_PARTY_AUTH_ERROR: Invalid APNs credential")),
				arguments(answer(429, MessagingErrorCode.QUOTA_EXCEEDED, "slow down", TEN_SECONDS),
						Retryable.overQuota("QUOTA_EXCEEDED", TEN_SECONDS)),
				arguments(answer(429, MessagingErrorCode.QUOTA_EXCEEDED, "slow down", null),
						Retryable.overQuota("QUOTA_EXCEEDED", Duration.ofSeconds(60))),
				arguments(answer(500, MessagingErrorCode.INTERNAL, "", null), Retryable.soon("INTERNAL")),
				arguments(answer(503, MessagingErrorCode.UNAVAILABLE, "", TEN_SECONDS),
						Retryable.failing("UNAVAILABLE", TEN_SECONDS)),
				// without one
				arguments(answer(401, null, "expired", null), new Misconfigured("HTTP 401: expired")),
				arguments(answer(403, null, "PERMISSION_DENIED", null),
						new Misconfigured("HTTP 403: PERMISSION_DENIED")),
				arguments(answer(404, null, "no such project", null), new Misconfigured("HTTP 404: no such project")),
				arguments(answer(400, null, "bad", null), new Rejected("HTTP 400: bad")),
				arguments(answer(413, null, "", null), new Rejected("HTTP 413")),
				arguments(answer(408, null, "", null), Retryable.soon("HTTP 408")),
				arguments(answer(429, null, "", null), Retryable.overQuota("HTTP 429", Duration.ofSeconds(60))),
				arguments(answer(500, null, "", null), Retryable.soon("HTTP 500")),
				arguments(answer(502, null, "<html>", null), Retryable.soon("HTTP 502")),
				arguments(answer(503, null, "", TEN_SECONDS), Retryable.failing("HTTP 503", TEN_SECONDS)),
				arguments(answer(302, null, "", null), Retryable.soon("HTTP 302")),
				// no answer
				arguments(new NoAccessToken(false, "invalid_grant"), new Misconfigured("NoAccessToken: invalid_grant")),
				arguments(new NoAccessToken(true, "timed out"), Retryable.soon("NoAccessToken: timed out")),
				arguments(new NoAnswer("Connection reset"), Retryable.soon("NoAnswer: Connection reset")));
	}

	@Test
	void everyCodeOfTheSdkIsInTheTable() {
		Set<MessagingErrorCode> inTable = table().flatMap(row -> Stream.of(row.get()))
			.filter(Answer.class::isInstance)
			.flatMap(answer -> Stream.ofNullable(((Answer) answer).code()))
			.collect(Collectors.toSet());

		assertThat(inTable).containsExactlyInAnyOrder(MessagingErrorCode.values());
	}

	private static Answer answer(int status, @Nullable MessagingErrorCode code, String message,
			@Nullable Duration retryAfter) {
		return new Answer(status, code, message, retryAfter);
	}

}
