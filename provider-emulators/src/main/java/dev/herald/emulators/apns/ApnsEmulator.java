package dev.herald.emulators.apns;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.herald.emulators.behaviour.Reception;
import dev.herald.emulators.credentials.ApnsKey;
import dev.herald.emulators.credentials.CredentialStore;
import dev.herald.emulators.http.Endpoint;
import dev.herald.emulators.http.Exchange;
import dev.herald.emulators.http.Request;
import dev.herald.emulators.http.Response;
import dev.herald.emulators.pushes.Arrival;
import dev.herald.emulators.pushes.Provider;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** {@code POST /3/device/{token}}. */
public final class ApnsEmulator implements Endpoint {

	/** The largest payload there is, so that a larger one is known by being cut off. */
	public static final int MAX_BODY = 5120;

	private static final String DEVICE_PATH = "/3/device/";

	private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");

	/** Apple: a device token is of variable length. Bounded here, in whole bytes. */
	private static final Pattern DEVICE_TOKEN = Pattern.compile("(?:[0-9a-fA-F]{2}){8,100}");

	private final CredentialStore credentials;

	private final ProviderTokens tokens;

	private final Reception reception;

	/** An emulator for the applications of a credential store. */
	public ApnsEmulator(CredentialStore credentials, Reception reception, Clock clock) {
		this.credentials = credentials;
		this.tokens = new ProviderTokens(credentials, clock);
		this.reception = reception;
	}

	@Override
	public void handle(Request request, Exchange exchange) {
		ApnsHeaders headers = new ApnsHeaders(request);
		Exchange identified = new Identified(exchange, headers.id());
		String token = request.path().startsWith(DEVICE_PATH) ? request.path().substring(DEVICE_PATH.length()) : "";
		ApnsReason problem = routeProblem(request, token).or(headers::problem).orElse(null);
		if (problem != null) {
			refuse(unread(headers, token), problem, identified);
			return;
		}
		switch (this.tokens.check(request.header(AUTHORIZATION))) {
			case ProviderTokens.Refused refused -> refuse(unread(headers, token), refused.reason(), identified);
			case ProviderTokens.Trusted trusted -> receive(request, headers, token, trusted.key(), identified);
		}
	}

	private static Optional<ApnsReason> routeProblem(Request request, String token) {
		if (!request.path().startsWith(DEVICE_PATH)) {
			return Optional.of(ApnsReason.BAD_PATH);
		}
		if (!request.method().equals("POST")) {
			return Optional.of(ApnsReason.METHOD_NOT_ALLOWED);
		}
		return token.isEmpty() ? Optional.of(ApnsReason.MISSING_DEVICE_TOKEN) : Optional.empty();
	}

	private void receive(Request request, ApnsHeaders headers, String token, ApnsKey key, Exchange exchange) {
		ApnsPayload payload = ApnsPayload.read(request.body()).orElse(null);
		ApnsReason problem = contentProblem(request, headers, token, key, payload);
		Arrival arrival = arrival(request, headers, token, key, payload);
		if (problem != null) {
			refuse(arrival, problem, exchange);
			return;
		}
		this.reception.receive(arrival, exchange);
	}

	private static @Nullable ApnsReason contentProblem(Request request, ApnsHeaders headers, String token, ApnsKey key,
			@Nullable ApnsPayload payload) {
		if (!headers.pushType().topicOf(key.application()).equals(headers.topic())) {
			return ApnsReason.TOPIC_DISALLOWED;
		}
		if (!DEVICE_TOKEN.matcher(token).matches()) {
			return ApnsReason.BAD_DEVICE_TOKEN;
		}
		if (request.truncated() || request.body().length > headers.pushType().maxPayload()) {
			return ApnsReason.PAYLOAD_TOO_LARGE;
		}
		return (payload == null) ? ApnsReason.PAYLOAD_EMPTY : null;
	}

	private static Arrival arrival(Request request, ApnsHeaders headers, String token, ApnsKey key,
			@Nullable ApnsPayload payload) {
		String title = (payload != null) ? payload.title() : null;
		String body = (payload != null) ? payload.body() : null;
		String notificationId = (payload != null) ? payload.notificationId() : null;
		return new Arrival(Provider.APNS, key.application(), token, title, body, headers.id(), headers.collapseId(),
				notificationId, headers.values(), request.text());
	}

	/** Nobody proved who sent this; the topic says whom it was meant to be from. */
	private Arrival unread(ApnsHeaders headers, String token) {
		String topic = headers.topic();
		String application = (topic != null && this.credentials.knows(topic)) ? topic : null;
		return Arrival.unread(Provider.APNS, application, token);
	}

	private void refuse(Arrival arrival, ApnsReason reason, Exchange exchange) {
		this.reception.answer(arrival, ApnsAnswers.because(reason), exchange);
	}

	/** Puts the {@code apns-id} on whatever is answered. */
	private record Identified(Exchange exchange, String apnsId) implements Exchange {

		@Override
		public void answer(Response response) {
			this.exchange.answer(response.with("apns-id", this.apnsId));
		}

		@Override
		public void later(Duration delay, Runnable task) {
			this.exchange.later(delay, task);
		}

		@Override
		public void drop() {
			this.exchange.drop();
		}

		@Override
		public void goAway() {
			this.exchange.goAway();
		}

	}

}
