package dev.herald.emulators;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import dev.herald.emulators.pushes.Provider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the emulator of APNs checks of a request that no SDK would send. */
class ApnsRequestTests {

	private static final String RIDER = "com.acme.rider";

	private static final String PAYLOAD = "{\"aps\":{\"alert\":\"Your driver is here\"}}";

	@TempDir
	static Path directory;

	private static ProviderEmulators emulators;

	private static Clients clients;

	private static String providerToken;

	@BeforeAll
	static void start() {
		emulators = ProviderEmulators.start(EmulatorOptions.in(directory).withApplications(RIDER).build());
		clients = new Clients(emulators);
		providerToken = clients.providerToken(RIDER, Map.of());
	}

	@AfterAll
	static void stop() {
		clients.close();
		emulators.close();
	}

	private static HttpRequest.Builder push(String path, String payload) {
		return HttpRequest.newBuilder(URI.create("https://localhost:" + emulators.apnsPort() + path))
			.version(HttpClient.Version.HTTP_2)
			.header("authorization", "bearer " + providerToken)
			.header("apns-topic", RIDER)
			.POST(BodyPublishers.ofString(payload));
	}

	private static HttpRequest.Builder push() {
		return push("/3/device/" + Provider.APNS.sampleToken(1), PAYLOAD);
	}

	private static void assertRefused(HttpResponse<String> answer, int status, String reason) {
		assertThat(answer.body()).isEqualTo("{\"reason\":\"" + reason + "\"}");
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("apns-id")).isPresent();
	}

	@Test
	void aPushWithoutAnIdGetsOne() {
		HttpResponse<String> answer = clients.send(push().build());

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.headers().firstValue("apns-id").map(UUID::fromString)).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "apns-id, not-a-uuid, BadMessageId", "apns-topic, com.acme.unknown, TopicDisallowed",
			"apns-push-type, shout, InvalidPushType", "apns-push-type, voip, TopicDisallowed",
			"apns-priority, 7, BadPriority", "apns-expiration, tomorrow, BadExpirationDate",
			"apns-collapse-id, 12345678901234567890123456789012345678901234567890123456789012345, BadCollapseId" })
	void aHeaderThatIsNotAsAppleWantsItIsRefused(String header, String value, String reason) {
		HttpResponse<String> answer = clients.send(push().setHeader(header, value).build());

		assertRefused(answer, 400, reason);
	}

	@Test
	void aBackgroundPushMayNotHavePriorityTen() {
		HttpResponse<String> answer = clients
			.send(push().header("apns-push-type", "background").header("apns-priority", "10").build());

		assertRefused(answer, 400, "BadPriority");
	}

	@Test
	void aPushWithoutTopicIsRefused() {
		HttpRequest request = HttpRequest.newBuilder(push().build(), (name, value) -> !name.equals("apns-topic"))
			.build();

		assertRefused(clients.send(request), 400, "MissingTopic");
	}

	@ParameterizedTest
	@CsvSource({ "/3/device/xyz, 400, BadDeviceToken", "/3/device/abc, 400, BadDeviceToken",
			"/3/device/, 400, MissingDeviceToken", "/2/device/00, 404, BadPath" })
	void aPathThatLeadsToNoDeviceIsRefused(String path, int status, String reason) {
		assertRefused(clients.send(push(path, PAYLOAD).build()), status, reason);
	}

	@Test
	void onlyPostsAreTaken() {
		assertRefused(clients.send(push().GET().build()), 405, "MethodNotAllowed");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "''", "not json", "[]", "{}", "{\"aps\": 1}", "{\"aps\":{}", "{\"aps\":{}}x" })
	void aPayloadWithoutAnApsDictionaryIsRefused(String payload) {
		HttpResponse<String> answer = clients.send(push("/3/device/" + Provider.APNS.sampleToken(1), payload).build());

		assertRefused(answer, 400, "PayloadEmpty");
	}

	@ParameterizedTest
	@CsvSource({ "alert, '', 4096, 200", "alert, '', 4097, 413", "voip, .voip, 5120, 200", "voip, .voip, 5121, 413",
			"alert, '', 100000, 413" })
	void aPayloadMayBeAsLargeAsItsTypeAllows(String pushType, String topicSuffix, int size, int status) {
		String start = "{\"aps\":{},\"k\":\"";
		String payload = start + "x".repeat(size - start.length() - 2) + "\"}";

		HttpResponse<String> answer = clients
			.send(push("/3/device/" + Provider.APNS.sampleToken(1), payload).header("apns-push-type", pushType)
				.setHeader("apns-topic", RIDER + topicSuffix)
				.build());

		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.body()).isEqualTo((status == 200) ? "" : "{\"reason\":\"PayloadTooLarge\"}");
	}

	@Test
	void aProviderTokenOlderThanAnHourIsExpired() {
		long now = System.currentTimeMillis() / 1000;
		String old = clients.providerToken(RIDER, Map.of("iat", now - 3_700));
		String fromTheFuture = clients.providerToken(RIDER, Map.of("iat", now + 3_600));

		assertRefused(clients.send(push().setHeader("authorization", "bearer " + old).build()), 403,
				"ExpiredProviderToken");
		assertRefused(clients.send(push().setHeader("authorization", "bearer " + fromTheFuture).build()), 403,
				"InvalidProviderToken");
	}

	@Test
	void aMissingOrUnreadableProviderTokenIsRefused() {
		HttpRequest without = HttpRequest.newBuilder(push().build(), (name, value) -> !name.equals("authorization"))
			.build();
		HttpRequest unreadable = push().setHeader("authorization", "bearer a.b.c").build();

		assertRefused(clients.send(without), 403, "MissingProviderToken");
		assertRefused(clients.send(unreadable), 403, "InvalidProviderToken");
	}

}
