package dev.herald.emulators.credentials;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One directory for each application, with the files its operator would have. */
final class CredentialFiles {

	private static final JsonMapper json = JsonMapper.shared();

	private final Path directory;

	CredentialFiles(Path directory) {
		this.directory = directory;
	}

	Path serviceAccountFile(String application) {
		return this.directory.resolve(application).resolve("fcm-service-account.json");
	}

	Path apnsKeyFile(String application) {
		return this.directory.resolve(application).resolve("apns-auth-key.p8");
	}

	private Path apnsPublicKeyFile(String application) {
		return this.directory.resolve(application).resolve("apns-auth-key-public.pem");
	}

	private Path apnsIdsFile(String application) {
		return this.directory.resolve(application).resolve("apns.json");
	}

	Optional<ServiceAccount> readServiceAccount(String application) {
		Path file = serviceAccountFile(application);
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		JsonNode account = json.readTree(SecretFile.read(file));
		return Optional.of(new ServiceAccount(application, account.path("project_id").asString(),
				account.path("private_key_id").asString(), Keys.readRsa(account.path("private_key").asString())));
	}

	Optional<ApnsKey> readApnsKey(String application) {
		if (!Files.exists(apnsIdsFile(application))) {
			return Optional.empty();
		}
		JsonNode ids = json.readTree(SecretFile.read(apnsIdsFile(application)));
		return Optional.of(new ApnsKey(application, ids.path("team_id").asString(), ids.path("key_id").asString(), Keys
			.readP256(SecretFile.read(apnsKeyFile(application)), SecretFile.read(apnsPublicKeyFile(application)))));
	}

	void write(ServiceAccount account, URI tokenUri) {
		ObjectNode content = json.createObjectNode()
			.put("type", "service_account")
			.put("project_id", account.projectId())
			.put("private_key_id", account.keyId())
			.put("private_key", Pem.encode("PRIVATE KEY", account.keys().getPrivate().getEncoded()))
			.put("client_email", account.clientEmail())
			.put("client_id", "100000000000000000000")
			.put("token_uri", tokenUri.toString())
			.put("universe_domain", "googleapis.com");
		SecretFile.write(serviceAccountFile(account.application()), pretty(content));
	}

	/**
	 * The ids come last: {@link #readApnsKey} takes them as the sign that all is there.
	 */
	void write(ApnsKey key) {
		String application = key.application();
		SecretFile.write(apnsKeyFile(application), Pem.encode("PRIVATE KEY", key.keys().getPrivate().getEncoded()));
		SecretFile.write(apnsPublicKeyFile(application), Pem.encode("PUBLIC KEY", key.publicKey().getEncoded()));
		SecretFile.write(apnsIdsFile(application),
				pretty(json.createObjectNode()
					.put("team_id", key.teamId())
					.put("key_id", key.keyId())
					.put("topic", application)));
	}

	Path applicationsFile() {
		return this.directory.resolve("applications.yml");
	}

	/** Paths are relative to the file, so that the directory can be mounted anywhere. */
	void writeApplications(List<ApplicationCredentials> applications) {
		StringBuilder yaml = new StringBuilder(
				"# Written by the provider emulators: applications as Herald reads them.\n");
		yaml.append(applications.isEmpty() ? "applications: {}\n" : "applications:\n");
		for (ApplicationCredentials application : applications) {
			yaml.append("""
					  %1$s:
					    fcm:
					      service_account: %2$s
					    apns:
					      key: %3$s
					      key_id: %4$s
					      team_id: %5$s
					      topic: %1$s
					""".formatted(application.application(), relative(application.serviceAccountFile()),
					relative(application.apnsKeyFile()), application.keyId(), application.teamId()));
		}
		SecretFile.writeOpen(applicationsFile(), yaml.toString());
	}

	private String relative(Path file) {
		return this.directory.relativize(file).toString().replace('\\', '/');
	}

	private static String pretty(JsonNode content) {
		return json.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
	}

}
