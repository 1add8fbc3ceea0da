package dev.herald.emulators.apns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import dev.herald.emulators.behaviour.Answer;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.ProviderAnswers;
import dev.herald.emulators.http.Response;
import dev.herald.emulators.pushes.Arrival;
import dev.herald.emulators.pushes.ReceivedPush;
import org.jspecify.annotations.Nullable;

/** APNs' words for what the emulator decided. */
public final class ApnsAnswers implements ProviderAnswers {

	private static final Answer ACCEPTED = new Answer(ReceivedPush.ACCEPTED, Response.empty(200));

	private final Clock clock;

	/** The clock dates a 410 that was programmed without a date. */
	public ApnsAnswers(Clock clock) {
		this.clock = clock;
	}

	@Override
	public Answer accepted(Arrival arrival) {
		return ACCEPTED;
	}

	@Override
	public Answer refused(Behaviour.Refusal refusal) {
		return switch (refusal) {
			case Behaviour.Unregistered unregistered -> gone(ApnsReason.UNREGISTERED, unregistered.since());
			case Behaviour.BadDeviceToken ignored -> because(ApnsReason.BAD_DEVICE_TOKEN);
			case Behaviour.SenderIdMismatch ignored -> throw new IllegalArgumentException(
					"APNs knows no sender-id mismatch, expected for example a refusal for DeviceTokenNotForTopic");
			case Behaviour.BadCredentials ignored -> because(ApnsReason.INVALID_PROVIDER_TOKEN);
			case Behaviour.Throttle throttle -> because(ApnsReason.TOO_MANY_REQUESTS, throttle.retryAfter());
			case Behaviour.ServerError failure -> failed(failure);
			case Behaviour.Refuse refuse -> refused(known(refuse.reason()));
		};
	}

	private Answer refused(ApnsReason reason) {
		return (reason.status() == 410) ? gone(reason, this.clock.instant()) : because(reason);
	}

	private static Answer failed(Behaviour.ServerError failure) {
		return switch (failure.status()) {
			case 500 -> because(ApnsReason.INTERNAL_SERVER_ERROR, failure.retryAfter());
			case 503 -> because(ApnsReason.SERVICE_UNAVAILABLE, failure.retryAfter());
			default -> new Answer("HTTP_" + failure.status(),
					withRetryAfter(Response.empty(failure.status()), failure.retryAfter()));
		};
	}

	static Answer because(ApnsReason reason) {
		return new Answer(reason.wireName(),
				Response.json(reason.status(), "{\"reason\":\"" + reason.wireName() + "\"}"));
	}

	private static Answer because(ApnsReason reason, @Nullable Duration retryAfter) {
		Answer answer = because(reason);
		return new Answer(answer.outcome(), withRetryAfter(answer.response(), retryAfter));
	}

	private static Response withRetryAfter(Response response, @Nullable Duration retryAfter) {
		return (retryAfter != null) ? response.with("retry-after", Long.toString(retryAfter.toSeconds())) : response;
	}

	private static Answer gone(ApnsReason reason, Instant since) {
		return new Answer(reason.wireName(), Response.json(410,
				"{\"reason\":\"" + reason.wireName() + "\",\"timestamp\":" + since.toEpochMilli() + "}"));
	}

	private static ApnsReason known(String reason) {
		return ApnsReason.named(reason)
			.orElseThrow(() -> new IllegalArgumentException("APNs has no reason '%s', expected one of %s"
				.formatted(reason, Arrays.stream(ApnsReason.values()).map(ApnsReason::wireName).toList())));
	}

}
