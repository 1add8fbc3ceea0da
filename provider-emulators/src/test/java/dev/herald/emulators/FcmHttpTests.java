package dev.herald.emulators;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.Scope;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.PushQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Plain HTTP clients against the emulator of FCM. */
class FcmHttpTests {

	private static final String RIDER = "com.acme.rider";

	private static final String DRIVER = "com.acme.driver";

	@TempDir
	static Path directory;

	private static ProviderEmulators emulators;

	private static Clients clients;

	private static String accessToken;

	@BeforeAll
	static void start() {
		emulators = ProviderEmulators.start(EmulatorOptions.in(directory).withApplications(RIDER, DRIVER).build());
		clients = new Clients(emulators);
		accessToken = clients.accessToken(RIDER);
	}

	@AfterAll
	static void stop() {
		clients.close();
		emulators.close();
	}

	@AfterEach
	void forget() {
		emulators.behaviours().clear();
		emulators.pushes().clear();
	}

	private static HttpRequest.Builder send(String application, String token) {
		String path = "/v1/projects/" + emulators.credentials(application).projectId() + "/messages:send";
		return HttpRequest.newBuilder(URI.create(emulators.fcmUri() + path))
			.header("authorization", "Bearer " + accessToken)
			.POST(BodyPublishers.ofString("{\"message\":{\"token\":\"" + token + "\"}}"));
	}

	@Test
	void manyRequestsShareOneConnectionAndAHangingOneHoldsNoneBack() {
		String hanging = Provider.FCM.sampleToken(0);
		emulators.behaviours().put(Scope.of(Provider.FCM, RIDER, hanging), new Behaviour.Hang());
		int connectedBefore = emulators.connectionCount(Provider.FCM);
		Clients fresh = new Clients(emulators);
		HttpClient client = fresh.http();
		fresh.send(send(RIDER, Provider.FCM.sampleToken(1)).build());

		CompletableFuture<HttpResponse<String>> unanswered = client.sendAsync(send(RIDER, hanging).build(),
				BodyHandlers.ofString());
		List<HttpResponse<String>> answers = IntStream.range(1, 50)
			.mapToObj((number) -> client.sendAsync(send(RIDER, Provider.FCM.sampleToken(number)).build(),
					BodyHandlers.ofString()))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();

		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
			assertThat(answer.statusCode()).isEqualTo(200);
		});
		assertThat(unanswered).isNotDone();
		assertThat(emulators.connectionCount(Provider.FCM)).isEqualTo(connectedBefore + 1);
		fresh.close();
	}

	@Test
	void aSlowAnswerHoldsNoThread() {
		emulators.behaviours().put(Scope.of(Provider.FCM), new Behaviour.Slow(Duration.ofHours(1)));

		List<CompletableFuture<HttpResponse<String>>> sends = IntStream.range(0, 40)
			.mapToObj((number) -> clients.http()
				.sendAsync(send(RIDER, Provider.FCM.sampleToken(number)).build(), BodyHandlers.ofString()))
			.toList();

		await().until(() -> emulators.pushes().counts(Provider.FCM, RIDER).received() == 40);
		assertThat(sends).noneMatch(CompletableFuture::isDone);
		sends.forEach((send) -> send.cancel(true));
	}

	@Test
	void clientsWithoutHttp2AreServedToo() {
		HttpRequest request = send(RIDER, Provider.FCM.sampleToken(1)).version(HttpClient.Version.HTTP_1_1).build();

		HttpResponse<String> answer = clients.send(request);

		assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@Test
	void aTokenOfAnotherProjectIsDenied() {
		HttpResponse<String> answer = clients.send(send(DRIVER, Provider.FCM.sampleToken(1)).build());

		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("PERMISSION_DENIED").doesNotContain("SENDER_ID_MISMATCH");
		assertThat(emulators.pushes().counts(Provider.FCM, DRIVER).outcomes()).containsEntry("PERMISSION_DENIED", 1L);
	}

	@Test
	void aRequestWithoutOrWithAnUnknownAccessTokenIsUnauthenticated() {
		HttpRequest without = HttpRequest.newBuilder(send(RIDER, "t").build(), (name, value) -> false).build();
		HttpRequest unknown = send(RIDER, "t").setHeader("authorization", "Bearer ya29.unknown").build();

		assertThat(List.of(clients.send(without), clients.send(unknown))).allSatisfy((answer) -> {
			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(answer.body()).contains("\"UNAUTHENTICATED\"");
		});
	}

	@Test
	void aMessageThatIsOnlyValidatedIsNotAccepted() {
		HttpRequest request = send(RIDER, "t")
			.POST(BodyPublishers.ofString("{\"validate_only\":true,\"message\":{\"token\":\"t\"}}"))
			.build();

		HttpResponse<String> answer = clients.send(request);

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(emulators.pushes().counts(Provider.FCM, RIDER).accepted()).isZero();
	}

	@Test
	void theTokenEndpointIsOnTheTlsPortToo() {
		String assertion = clients.assertion(RIDER, Map.of("aud", emulators.fcmUri() + "/token"));
		HttpRequest request = HttpRequest.newBuilder(emulators.fcmUri().resolve("/token"))
			.POST(BodyPublishers
				.ofString("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion))
			.build();

		HttpResponse<String> answer = clients.send(request);

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(Clients.json.readTree(answer.body()).path("expires_in").asInt()).isEqualTo(3600);
	}

	@Test
	void aGoAwayLetsEarlierRequestsFinish() {
		String slow = Provider.FCM.sampleToken(7);
		emulators.behaviours().put(Scope.of(Provider.FCM, RIDER, slow), new Behaviour.Slow(Duration.ofMillis(500)));
		CompletableFuture<HttpResponse<String>> early = clients.http()
			.sendAsync(send(RIDER, slow).build(), BodyHandlers.ofString());
		await().until(() -> !emulators.pushes().find(PushQuery.all()).isEmpty());

		emulators.goAway(Provider.FCM);

		assertThat(early.join().statusCode()).isEqualTo(200);
		await().until(() -> emulators.connectionCount(Provider.FCM) == 0);
	}

}
