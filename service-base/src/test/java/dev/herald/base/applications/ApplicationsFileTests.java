package dev.herald.base.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ApplicationsFileTests {

	private static final String GOOD = """
			applications:
			  com.acme.rider:
			    newest_device_only: true
			    fcm:
			      service_account: secrets/rider.json
			    apns:
			      key: /run/secrets/rider.p8
			      key_id: 0123456789
			      team_id: ABCDE12345
			      topic: com.acme.rider
			  com.acme.driver:
			    fcm: { service_account: ../driver.json }
			""";

	private static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	@TempDir
	private Path directory;

	private Path path;

	@BeforeEach
	void write() throws IOException {
		path = directory.resolve("applications.yml");
		Files.writeString(path, GOOD);
	}

	@Test
	void aGoodFileIsRead() {
		Applications applications = new ApplicationsFile(path).current();

		assertThat(applications.all()).extracting(Application::id)
			.containsExactly(new ApplicationId("com.acme.driver"), RIDER);
		Application rider = applications.find(RIDER).orElseThrow();
		assertThat(rider.newestDeviceOnly()).isTrue();
		assertThat(rider.providers()).containsExactly(Provider.FCM, Provider.APNS);
		assertThat(rider.apns()).isEqualTo(
				new ApnsCredential(Path.of("/run/secrets/rider.p8"), "0123456789", "ABCDE12345", "com.acme.rider"));
		assertThat(applications.find(new ApplicationId("com.acme.none"))).isEmpty();
	}

	@Test
	void pathsAreRelativeToTheFile() {
		Applications applications = new ApplicationsFile(path).current();

		assertThat(applications.find(RIDER).orElseThrow().fcm())
			.isEqualTo(new FcmCredential(directory.resolve("secrets/rider.json")));
		assertThat(applications.find(new ApplicationId("com.acme.driver")).orElseThrow().fcm())
			.isEqualTo(new FcmCredential(directory.resolveSibling("driver.json")));
	}

	@Test
	void whatIsNotSaidAboutAnApplicationHasItsDefault() {
		Application driver = new ApplicationsFile(path).current()
			.find(new ApplicationId("com.acme.driver"))
			.orElseThrow();

		assertThat(driver.newestDeviceOnly()).isFalse();
		assertThat(driver.providers()).containsExactly(Provider.FCM);
	}

	@Test
	void limitsHoldForEachProvider() throws IOException {
		Files.writeString(path, """
				applications:
				  com.acme.rider:
				    fcm: { service_account: rider.json }
				    limits:
				      apns: { per_minute: 90000 }
				""");

		SendLimits limits = new ApplicationsFile(path).current().find(RIDER).orElseThrow().limits();

		assertThat(limits.perMinute(Provider.FCM)).as("what Firebase grants").isEqualTo(600_000);
		assertThat(limits.perMinute(Provider.APNS)).isEqualTo(90_000);
		assertThat(SendLimits.DEFAULT.perMinute(Provider.APNS)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``                                                     | expected 'applications:' and the applications below it
					applications:                                          | expected at least one entry under 'applications'
					applications: {}                                       | expected at least one entry under 'applications'
					just text                                              | expected 'applications:' and the applications below it
					[]                                                     | expected 'applications:' and the applications below it
					applications: [a]                                      | 'applications' is not a list of entries
					apps: {}                                               | unknown entry 'apps'; known are [applications] (line 1, column
					applications: {a: {fcm: {service_account: x}}, b: }    | applications.b needs a provider: 'fcm' or 'apns'
					applications: {a: {}}                                  | applications.a needs a provider: 'fcm' or 'apns'
					applications: {a b: {fcm: {service_account: x}}}       | an entry under 'applications' is no application: application_id must be
					applications: {a: {fmc: {}}}                           | unknown entry 'applications.a.fmc'; known are [apns, content_service, fcm, limits, newest_device_only] (line 1, column
					applications: {a: {fcm: {}}}                           | applications.a.fcm.service_account is missing
					applications: {a: {fcm: {service_account: ' '}}}       | applications.a.fcm.service_account is missing
					applications: {a: {fcm: {service_account: [x]}}}       | 'applications.a.fcm.service_account' is not text (line 1, column
					applications: {a: {fcm: {service_account: "\\0"}}}     | applications.a.fcm.service_account must be a path
					applications: {a: {fcm: text}}                         | 'applications.a.fcm' is not a list of entries
					applications: {a: {apns: {key: k, key_id: i, team_id: t}}} | applications.a.apns.topic is missing
					applications: {a: {apns: {key: k, key_id: i, topic: t}}}   | applications.a.apns.team_id is missing
					applications: {a: {apns: {key: k, team_id: t, topic: t}}}  | applications.a.apns.key_id is missing
					applications: {a: {apns: {key_id: i, team_id: t, topic: t}}} | applications.a.apns.key is missing
					applications: {a: {newest_device_only: perhaps, fcm: {service_account: x}}} | 'applications.a.newest_device_only' is not true or false
					applications: {a: {fcm: {service_account: x}, limits: {fcm: {per_minute: 0}}}}     | applications.a.limits.fcm.per_minute must be 1 or more, but was 0
					applications: {a: {fcm: {service_account: x}, limits: {apns: {per_minute: many}}}} | 'applications.a.limits.apns.per_minute' is not a whole number
					applications: {a: {fcm: {service_account: x}, limits: {apns: {per_minute: 9999999999}}}} | Numeric value (9999999999) out of range of `int`
					applications: {a: {fcm: {service_account: x}, limits: {fcm: {}}}}                  | applications.a.limits.fcm.per_minute is missing
					applications: {a: {fcm: {service_account: x}, limits: {per_minute: 5}}}            | unknown entry 'applications.a.limits.per_minute'; known are [apns, fcm]
					applications: {a: {fcm: {service_account: x}, content_service: {}}}                | applications.a.content_service.url is missing
					applications: {a: {fcm: {service_account: x}, content_service: {url: "ftp://c/{article_id}"}}} | applications.a.content_service.url must be an address such as
					applications: {a: {fcm: {service_account: x}, content_service: {url: "https://c/articles"}}} | applications.a.content_service.url must be an address such as
					applications: {a: {fcm: {service_account: x}, content_service: {url: "https://{article_id}/"}}} | applications.a.content_service.url must be an address such as
					applications: {a: {fcm: {service_account: x}}, a: {fcm: {service_account: y}}} | uplicate
					applications: {a: {fcm: {service_account: x}           | (line 1, column
					""")
	void aBrokenFileIsRefusedWithThePlace(String yaml, String message) throws IOException {
		Files.writeString(path, yaml);

		assertThatExceptionOfType(InvalidApplicationsFileException.class).isThrownBy(() -> new ApplicationsFile(path))
			.withMessageStartingWith("applications file " + path + ": ")
			.withMessageContaining(message)
			.withMessageNotContaining("dev.herald");
	}

	@Test
	void aFileThatIsNotThereIsNamedWithItsProperty() {
		Path missing = directory.resolve("missing.yml");

		assertThatExceptionOfType(InvalidApplicationsFileException.class)
			.isThrownBy(() -> new ApplicationsFile(missing))
			.withMessageStartingWith("cannot read the applications file " + missing + " (herald.applications-file): ");
	}

	@Test
	void listenersGetTheCurrentApplicationsAtOnceAndEveryGoodEdit() throws IOException {
		ApplicationsFile file = new ApplicationsFile(path);
		List<Integer> sizes = new ArrayList<>();
		file.onChange(applications -> sizes.add(applications.all().size()));

		file.poll();
		Files.writeString(path, GOOD + "  com.acme.third:\n    fcm: { service_account: x }\n");
		file.poll();
		file.poll();

		assertThat(sizes).containsExactly(2, 3);
		assertThat(file.current().all()).hasSize(3);
		assertThat(file.problem()).isNull();
	}

	@Test
	void anEditThatChangesOnlyTheFormTellsNobody() throws IOException {
		ApplicationsFile file = new ApplicationsFile(path);
		List<Applications> told = new ArrayList<>();
		file.onChange(told::add);

		Files.writeString(path, "# a comment\n" + GOOD);
		file.poll();

		assertThat(told).hasSize(1);
	}

	@Test
	void aBrokenEditKeepsTheLastGoodAndSaysSo() throws IOException {
		ApplicationsFile file = new ApplicationsFile(path);
		Applications good = file.current();
		List<Applications> told = new ArrayList<>();
		file.onChange(told::add);

		Files.writeString(path, "applications: {a: {fcm: {}}}");
		file.poll();
		file.poll();

		assertThat(file.current()).isSameAs(good);
		assertThat(told).hasSize(1);
		assertThat(file.problem()).endsWith("applications.a.fcm.service_account is missing");
		Files.writeString(path, GOOD);
		file.poll();
		assertThat(file.problem()).isNull();
	}

	@Test
	void aFileThatVanishesAndComesBackUnchangedIsGoodAgain() throws IOException {
		ApplicationsFile file = new ApplicationsFile(path);

		Files.delete(path);
		file.poll();
		String whileGone = file.problem();
		Files.writeString(path, GOOD);
		file.poll();

		assertThat(whileGone).startsWith("cannot read the applications file");
		assertThat(file.problem()).isNull();
	}

	@Test
	void aListenerThatThrowsKeepsNoOtherFromBeingTold() throws IOException {
		ApplicationsFile file = new ApplicationsFile(path);
		List<Applications> told = new ArrayList<>();
		file.onChange(applications -> {
			if (applications.all().size() == 1) {
				throw new IllegalStateException("not this one");
			}
		});
		file.onChange(told::add);

		Files.writeString(path, "applications: {a: {fcm: {service_account: x}}}");
		file.poll();

		assertThat(told).hasSize(2);
	}

	@Test
	void theFileIsWatchedWhileTheServiceRuns() throws IOException {
		try (var context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("herald.applications-file", path.toString())));
			context.register(ApplicationsConfiguration.class);
			context.refresh();
			ApplicationsFile file = context.getBean(ApplicationsFile.class);

			Files.writeString(path, "applications: {a: {fcm: {service_account: x}}}");

			await().until(() -> file.current().all().size() == 1);
		}
	}

}
