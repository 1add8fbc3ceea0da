package dev.herald.base.applications;

import java.nio.file.Path;

/**
 * How an application is known to FCM.
 *
 * @param serviceAccount the JSON key file of a service account of the application's
 * Firebase project
 */
public record FcmCredential(Path serviceAccount) {
}
