package dev.herald.emulators.fcm;

import java.util.List;

import dev.herald.emulators.behaviour.Answer;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.ProviderAnswers;
import dev.herald.emulators.http.Response;
import dev.herald.emulators.pushes.Arrival;
import dev.herald.emulators.pushes.ReceivedPush;

/** FCM's words for what the emulator decided. */
public final class FcmAnswers implements ProviderAnswers {

	static final String BAD_TOKEN = "The registration token is not a valid FCM registration token";

	@Override
	public Answer accepted(Arrival arrival) {
		return new Answer(ReceivedPush.ACCEPTED, named(String.valueOf(arrival.messageId())));
	}

	static Response named(String messageName) {
		return Response.json(200, "{\n  \"name\": \"" + messageName + "\"\n}\n");
	}

	@Override
	public Answer refused(Behaviour.Refusal refusal) {
		return switch (refusal) {
			case Behaviour.Unregistered ignored -> FcmResponses.refused(FcmError.UNREGISTERED);
			case Behaviour.BadDeviceToken ignored -> FcmResponses.refused(FcmError.INVALID_ARGUMENT, BAD_TOKEN);
			case Behaviour.SenderIdMismatch ignored -> FcmResponses.refused(FcmError.SENDER_ID_MISMATCH);
			case Behaviour.BadCredentials ignored -> FcmResponses.unauthenticated(false);
			case Behaviour.Throttle throttle -> FcmResponses.refused(FcmError.QUOTA_EXCEEDED, throttle.retryAfter());
			case Behaviour.ServerError failure -> failed(failure);
			case Behaviour.Refuse refuse -> FcmResponses.refused(known(refuse.reason()));
		};
	}

	private static Answer failed(Behaviour.ServerError failure) {
		return switch (failure.status()) {
			case 500 -> FcmResponses.refused(FcmError.INTERNAL, failure.retryAfter());
			case 503 -> FcmResponses.refused(FcmError.UNAVAILABLE, failure.retryAfter());
			default -> {
				Answer answer = FcmResponses.proxyFailure(failure.status());
				yield new Answer(answer.outcome(),
						FcmResponses.withRetryAfter(answer.response(), failure.retryAfter()));
			}
		};
	}

	private static FcmError known(String reason) {
		return FcmError.named(reason)
			.orElseThrow(() -> new IllegalArgumentException(
					"FCM has no error '%s', expected one of %s".formatted(reason, List.of(FcmError.values()))));
	}

}
