package dev.herald.base.applications;

import java.nio.file.Path;

/**
 * How an application is known to APNs (Apple, <em>Establishing a token-based connection
 * to APNs</em>).
 *
 * @param key the {@code .p8} file of the signing key
 * @param keyId the key's id, 10 characters
 * @param teamId the team's id, 10 characters
 * @param topic the application's bundle id
 */
public record ApnsCredential(Path key, String keyId, String teamId, String topic) {
}
