package dev.herald.emulators.fcm;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.emulators.behaviour.Answer;
import dev.herald.emulators.behaviour.Reception;
import dev.herald.emulators.credentials.CredentialStore;
import dev.herald.emulators.credentials.ServiceAccount;
import dev.herald.emulators.http.Endpoint;
import dev.herald.emulators.http.Exchange;
import dev.herald.emulators.http.Request;
import dev.herald.emulators.pushes.Arrival;
import dev.herald.emulators.pushes.Provider;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/projects/{project}/messages:send}, and {@code POST /token}, which needs
 * no other port this way.
 */
public final class FcmEmulator implements Endpoint {

	/** More than any message that FCM takes, headers of its JSON included. */
	public static final int MAX_BODY = 64 * 1024;

	private static final Pattern SEND = Pattern.compile("/v1/projects/([^/?]+)/messages:send(?:\\?.*)?");

	private static final String BEARER = "Bearer ";

	private final CredentialStore credentials;

	private final AccessTokens tokens;

	private final TokenEndpoint tokenEndpoint;

	private final Reception reception;

	private final Clock clock;

	/**
	 * An emulator for the applications of a credential store.
	 * @param audiences the URLs of the token endpoint, as assertions may name them; the
	 * first is the one service accounts are given
	 * @param accessTokenLifetime how long an access token holds
	 */
	public FcmEmulator(CredentialStore credentials, Reception reception, List<URI> audiences,
			Duration accessTokenLifetime, Clock clock) {
		this.credentials = credentials;
		this.reception = reception;
		this.clock = clock;
		this.tokens = new AccessTokens(clock, accessTokenLifetime);
		this.tokenEndpoint = new TokenEndpoint(credentials, this.tokens, audiences, clock);
	}

	/** {@code POST /token} alone, for a port without TLS. */
	public Endpoint tokenEndpoint() {
		return this.tokenEndpoint;
	}

	/** Ends the access tokens of an application. */
	public void revokeAccessTokens(String application) {
		this.tokens.revoke(this.credentials.serviceAccount(application));
	}

	@Override
	public void handle(Request request, Exchange exchange) {
		Matcher send = SEND.matcher(request.path());
		if (!send.matches() || !request.method().equals("POST")) {
			this.tokenEndpoint.handle(request, exchange);
			return;
		}
		String project = send.group(1);
		ServiceAccount account = this.credentials.accountOfProject(project);
		Answer refused = refusal(request, project, account);
		if (refused != null || account == null) {
			String application = (account != null) ? account.application() : null;
			this.reception.answer(Arrival.unread(Provider.FCM, application, ""),
					(refused != null) ? refused : FcmResponses.permissionDenied(project), exchange);
			return;
		}
		send(request, account, exchange);
	}

	private @Nullable Answer refusal(Request request, String project, @Nullable ServiceAccount account) {
		String authorization = request.header("authorization");
		if (authorization == null || !authorization.startsWith(BEARER)) {
			return FcmResponses.unauthenticated(true);
		}
		ServiceAccount holder = this.tokens.holder(authorization.substring(BEARER.length()));
		if (holder == null) {
			return FcmResponses.unauthenticated(false);
		}
		return (holder == account) ? null : FcmResponses.permissionDenied(project);
	}

	private void send(Request request, ServiceAccount account, Exchange exchange) {
		try {
			FcmMessage message = FcmMessageReader.read(request.body());
			String name = "projects/" + account.projectId() + "/messages/"
					+ (message.validateOnly() ? "fake_message_id" : newMessageId());
			Arrival arrival = new Arrival(Provider.FCM, account.application(), message.target(), message.title(),
					message.body(), name, message.collapseKey(), message.notificationId(), Map.of(), request.text());
			if (message.validateOnly()) {
				this.reception.answer(arrival, new Answer("validated", FcmAnswers.named(name)), exchange);
				return;
			}
			this.reception.receive(arrival, exchange);
		}
		catch (InvalidMessageException ex) {
			Arrival arrival = new Arrival(Provider.FCM, account.application(), "", null, null, null, null, null,
					Map.of(), request.text());
			this.reception.answer(arrival, FcmResponses.invalid(ex), exchange);
		}
	}

	private String newMessageId() {
		return "0:" + (this.clock.millis() * 1000) + "%" + Long.toHexString(ThreadLocalRandom.current().nextLong());
	}

}
