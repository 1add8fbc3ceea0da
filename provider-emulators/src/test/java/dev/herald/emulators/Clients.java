package dev.herald.emulators;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import dev.herald.emulators.credentials.ApplicationCredentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The providers' SDKs, and plain HTTP, pointed at emulators. */
public final class Clients implements AutoCloseable {

	public static final JsonMapper json = JsonMapper.shared();

	private static final AtomicLong names = new AtomicLong();

	private final ProviderEmulators emulators;

	private final SSLContext trust;

	private final HttpClient http;

	private final List<Supplier<CompletableFuture<Void>>> closing = new ArrayList<>();

	public Clients(ProviderEmulators emulators) {
		this.emulators = emulators;
		this.trust = trusting(emulators.authorityFile());
		this.http = HttpClient.newBuilder().sslContext(this.trust).connectTimeout(Duration.ofSeconds(5)).build();
	}

	public static SSLContext trusting(Path authority) {
		try {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			store.setCertificateEntry("emulators", CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(Files.readAllBytes(authority))));
			TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			managers.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, managers.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public FirebaseMessaging firebase(String application) {
		return firebase(this.emulators.credentials(application).serviceAccountFile());
	}

	public FirebaseMessaging firebase(Path serviceAccountFile) {
		HttpTransport transport = new RewritingTransport(this.http, this.emulators.fcmUri());
		try (var file = Files.newInputStream(serviceAccountFile)) {
			FirebaseApp app = FirebaseApp.initializeApp(FirebaseOptions.builder()
				.setCredentials(GoogleCredentials.fromStream(file, () -> transport))
				.setHttpTransport(transport)
				.setJsonFactory(GsonFactory.getDefaultInstance())
				.setConnectTimeout(5_000)
				.setReadTimeout(10_000)
				.build(), "app-" + names.incrementAndGet());
			this.closing.add(() -> CompletableFuture.runAsync(app::delete));
			return FirebaseMessaging.getInstance(app);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public ApnsClient pushy(String application) {
		ApplicationCredentials credentials = this.emulators.credentials(application);
		return pushy(credentials.apnsKeyFile().toFile(), credentials.teamId(), credentials.keyId());
	}

	public ApnsClient pushy(File key, String teamId, String keyId) {
		try {
			ApnsClient client = new ApnsClientBuilder()
				.setApnsServer(this.emulators.apnsHost(), this.emulators.apnsPort())
				.setTrustedServerCertificateChain(this.emulators.authorityFile().toFile())
				.setSigningKey(ApnsSigningKey.loadFromPkcs8File(key, teamId, keyId))
				.build();
			this.closing.add(client::close);
			return client;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public HttpClient http() {
		return this.http;
	}

	public HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** A request to the control port. */
	public HttpResponse<String> control(String method, String path, String body) {
		return send(HttpRequest.newBuilder(URI.create(this.emulators.controlUri() + path))
			.method(method, BodyPublishers.ofString(body))
			.build());
	}

	public JsonNode getControl(String path) {
		HttpResponse<String> response = control("GET", path, "");
		if (response.statusCode() != 200) {
			throw new IllegalStateException(response.statusCode() + " " + response.body());
		}
		return json.readTree(response.body());
	}

	/** The answer of the token endpoint to an assertion. */
	public HttpResponse<String> requestAccessToken(String assertion) {
		return send(HttpRequest.newBuilder(this.emulators.tokenUri())
			.header("content-type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers
				.ofString("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion))
			.build());
	}

	/** A good access token of an application. */
	public String accessToken(String application) {
		HttpResponse<String> response = requestAccessToken(assertion(application, Map.of()));
		return json.readTree(response.body()).path("access_token").stringValue();
	}

	/** An assertion of the application's service account, with some claims changed. */
	public String assertion(String application, Map<String, Object> changes) {
		JsonNode account = readJson(this.emulators.credentials(application).serviceAccountFile());
		long now = System.currentTimeMillis() / 1000;
		Map<String, Object> claims = new HashMap<>(Map.of("iss", account.path("client_email").stringValue(), "aud",
				account.path("token_uri").stringValue(), "iat", now, "exp", now + 3600, "scope",
				"https://www.googleapis.com/auth/cloud-platform"));
		claims.putAll(changes);
		return jwt(Map.of("alg", "RS256", "typ", "JWT"), claims,
				privateKey("RSA", account.path("private_key").stringValue()), "SHA256withRSA");
	}

	/** A provider token of the application's key, with some claims changed. */
	public String providerToken(String application, Map<String, Object> changes) {
		ApplicationCredentials credentials = this.emulators.credentials(application);
		Map<String, Object> claims = new HashMap<>(
				Map.of("iss", credentials.teamId(), "iat", System.currentTimeMillis() / 1000));
		claims.putAll(changes);
		return jwt(Map.of("alg", "ES256", "kid", credentials.keyId()), claims,
				privateKey("EC", readText(credentials.apnsKeyFile())), "SHA256withECDSAinP1363Format");
	}

	private static String jwt(Map<String, Object> header, Map<String, Object> claims, PrivateKey key,
			String algorithm) {
		String signed = base64(json.writeValueAsBytes(header)) + "." + base64(json.writeValueAsBytes(claims));
		try {
			Signature signature = Signature.getInstance(algorithm);
			signature.initSign(key);
			signature.update(signed.getBytes(StandardCharsets.US_ASCII));
			return signed + "." + base64(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static PrivateKey privateKey(String algorithm, String pem) {
		byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
		try {
			return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static JsonNode readJson(Path file) {
		return Objects.requireNonNull(json.readTree(readText(file)));
	}

	private static String readText(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** All at once: pushy takes two seconds for each. */
	@Override
	public void close() {
		this.closing.stream().map(Supplier::get).toList().forEach(CompletableFuture::join);
		this.http.shutdownNow();
	}

}
