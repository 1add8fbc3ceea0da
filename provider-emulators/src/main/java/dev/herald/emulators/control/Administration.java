package dev.herald.emulators.control;

import java.util.List;

import dev.herald.emulators.behaviour.Behaviours;
import dev.herald.emulators.credentials.ApplicationCredentials;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.PushLog;

/** What can be done to running emulators, by Java or over the control port. */
public interface Administration {

	/** What is programmed for which pushes. */
	Behaviours behaviours();

	/** What arrived. */
	PushLog pushes();

	/** The known applications with their ids and files. */
	List<ApplicationCredentials> applications();

	/**
	 * Makes the provider refuse an application's credentials from now on: APNs by
	 * {@code InvalidProviderToken}; FCM by {@code invalid_grant} for new access tokens
	 * and 401 for those already issued.
	 * @throws IllegalArgumentException if the application is not known
	 */
	void revokeCredentials(Provider provider, String application);

	/** Takes a {@link #revokeCredentials} back. FCM's old access tokens stay dead. */
	void restoreCredentials(Provider provider, String application);

	/** Replaces an application's key, in its file too, and refuses the old one. */
	ApplicationCredentials rotateCredentials(Provider provider, String application);

	/** Whether the credentials are not revoked. */
	boolean credentialsValid(Provider provider, String application);

	/** Sends GOAWAY on every connection; requests under way finish. */
	void goAway(Provider provider);

	/** Closes every connection at once. */
	void dropConnections(Provider provider);

	/** How many clients are connected. */
	int connectionCount(Provider provider);

}
