package dev.herald.emulators;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.firebase.messaging.Message;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.ReceivedPush;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Starting and stopping the emulators, and what stays. */
@SuppressWarnings("deprecation") // the SDK now prefers installation ids; what devices
									// register is still the token
class ProviderEmulatorsTests {

	private static final String RIDER = "com.acme.rider";

	@TempDir
	Path directory;

	private EmulatorOptions.Builder options() {
		return EmulatorOptions.in(this.directory).withApplications(RIDER);
	}

	@Test
	void aRestartKeepsAuthorityAndCredentials() throws IOException {
		String authority;
		String accessTokenAfterRestart;
		try (ProviderEmulators first = ProviderEmulators.start(options().build())) {
			authority = Files.readString(first.authorityFile());
		}

		try (ProviderEmulators second = ProviderEmulators.start(options().build());
				Clients clients = new Clients(second)) {
			accessTokenAfterRestart = clients.accessToken(RIDER);

			assertThat(Files.readString(second.authorityFile())).isEqualTo(authority);
			assertThat(Clients.readJson(second.credentials(RIDER).serviceAccountFile()).path("token_uri").asString())
				.isEqualTo(second.tokenUri().toString());
		}
		assertThat(accessTokenAfterRestart).startsWith("ya29.");
	}

	@Test
	void keysAreReadableByTheirOwnerAlone() throws IOException {
		try (ProviderEmulators emulators = ProviderEmulators.start(options().build())) {
			List<Path> secrets = List.of(emulators.credentials(RIDER).serviceAccountFile(),
					emulators.credentials(RIDER).apnsKeyFile(), this.directory.resolve("ca-key.pem"));

			for (Path secret : secrets) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret))).isEqualTo("rw-------");
			}
		}
	}

	@Test
	void theAuthorityAndTheApplicationsFileAreForAllToRead() throws IOException {
		try (ProviderEmulators emulators = ProviderEmulators.start(options().build())) {
			for (Path open : List.of(emulators.authorityFile(), emulators.applicationsFile())) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open))).isEqualTo("rw-r--r--");
			}
			assertThat(Files.readString(emulators.applicationsFile())).contains(RIDER)
				.contains("com.acme.rider/fcm-service-account.json");
		}
	}

	@Test
	void theCertificateIsForTheNamesThatWereGiven() {
		try (ProviderEmulators emulators = ProviderEmulators
			.start(options().withMoreHosts(List.of("127.0.0.2")).build()); Clients clients = new Clients(emulators)) {
			URI byAddress = URI.create("https://127.0.0.1:" + emulators.fcmUri().getPort() + "/");

			assertThat(clients.send(HttpRequest.newBuilder(byAddress).build()).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void theHostIsInEveryAddressThatIsHandedOut() {
		try (ProviderEmulators emulators = ProviderEmulators.start(options().withHost("emulators.test").build())) {
			assertThat(emulators.fcmUri().getHost()).isEqualTo("emulators.test");
			assertThat(emulators.tokenUri().getHost()).isEqualTo("emulators.test");
			assertThat(emulators.apnsHost()).isEqualTo("emulators.test");
		}
	}

	@Test
	void aListenerHearsOfEachPush() throws Exception {
		List<ReceivedPush> heard = new CopyOnWriteArrayList<>();
		try (ProviderEmulators emulators = ProviderEmulators.start(options().build());
				Clients clients = new Clients(emulators)) {
			emulators.pushes().listen(heard::add);
			emulators.pushes().listen((push) -> {
				throw new IllegalStateException("a listener of bad manners");
			});

			clients.firebase(RIDER).send(Message.builder().setToken(Provider.FCM.sampleToken(1)).build());
		}

		assertThat(heard).singleElement().satisfies((push) -> assertThat(push.accepted()).isTrue());
	}

	@Test
	void aTakenPortIsNamed() {
		try (ProviderEmulators first = ProviderEmulators.start(options().build())) {
			EmulatorOptions samePort = options().withPorts(0, first.apnsPort(), 0, 0).build();

			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> ProviderEmulators.start(samePort))
				.withMessageContaining(Integer.toString(first.apnsPort()));
		}
	}

	@Test
	void anAddressThatOthersReachNeedsAControlKey() {
		assertThatIllegalArgumentException().isThrownBy(() -> options().withBindAddress("0.0.0.0").build())
			.withMessageContaining("0.0.0.0")
			.withMessageContaining("control key");
	}

	@Test
	void theControlKeyIsNotInTheOptionsText() {
		EmulatorOptions options = options().withControlKey("a-key-of-enough-length").build();

		assertThat(options.toString()).doesNotContain("a-key-of-enough-length");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../rider", "", "com acme", ".hidden" })
	void anApplicationIdThatIsNoDirectoryNameIsRefused(String application) {
		assertThatIllegalArgumentException().isThrownBy(() -> options().withApplications(application).build())
			.withMessageContaining("expected an id like com.acme.rider");
	}

	@ParameterizedTest
	@CsvSource({ "--fcm-port=x, expected a whole number", "--fcm-port=70000, expected 0 to 65535",
			"--nope=1, There is no option '--nope'", "fcm, There is no option 'fcm'", "--host, has no value",
			"--print=perhaps, expected true or false", "--bind=localhost, expected an IP address",
			"--control-key=short, expected 16 or more" })
	void anArgumentThatIsWrongIsNamed(String argument, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> {
			CommandLine line = CommandLine.parse(new String[] { argument }, (name) -> null);
			line.flag("print");
			line.toOptions();
		}).withMessageContaining(message);
	}

	@Test
	void argumentsGoBeforeTheEnvironment() {
		String[] arguments = { "--applications", "com.acme.a, com.acme.b", "--fcm-port=1" };

		EmulatorOptions options = CommandLine.parse(arguments,
				(name) -> (name.equals("HERALD_EMULATORS_FCM_PORT") || name.equals("HERALD_EMULATORS_APNS_PORT")) ? "2"
						: null)
			.toOptions();

		assertThat(options.applications()).containsExactly("com.acme.a", "com.acme.b");
		assertThat(options.fcmPort()).isEqualTo(1);
		assertThat(options.apnsPort()).isEqualTo(2);
		assertThat(options.bindAddress()).isEqualTo("127.0.0.1");
	}

}
