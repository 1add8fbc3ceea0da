package dev.herald.worker.push;

import dev.herald.base.applications.Application;
import dev.herald.common.identity.Provider;
import java.nio.file.Path;

/** A provider as the worker knows it: it opens services for applications. */
public interface PushProvider {

	/** Which provider this is. */
	Provider provider();

	/**
	 * The file with the application's credential. When its content changes, the
	 * application's service is to be opened anew.
	 */
	Path credentialFile(Application application);

	/**
	 * Reads the application's credential and prepares to send with it. Connections are
	 * opened later, by the first push.
	 * @return a service that the caller closes
	 * @throws UnusableCredentialException if the credential is missing or broken
	 */
	PushService open(Application application);

}
