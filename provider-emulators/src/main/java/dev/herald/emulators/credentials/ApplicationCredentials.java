package dev.herald.emulators.credentials;

import java.nio.file.Path;

/**
 * What an application's operator would have got from Google and Apple: ids, and where the
 * secret files are.
 *
 * @param application the application, which is also the APNs topic
 * @param projectId the Firebase project
 * @param serviceAccountFile the service account's JSON, with its private key
 * @param teamId the Apple team
 * @param keyId the APNs signing key
 * @param apnsKeyFile the signing key, {@code .p8}
 */
public record ApplicationCredentials(String application, String projectId, Path serviceAccountFile, String teamId,
		String keyId, Path apnsKeyFile) {
}
