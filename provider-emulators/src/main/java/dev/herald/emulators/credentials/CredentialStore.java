package dev.herald.emulators.credentials;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The credentials of all applications the emulators know. They are kept in files, so that
 * a restart knows the same ones. Safe for use by any thread.
 */
public final class CredentialStore {

	private final ConcurrentHashMap<String, ServiceAccount> accounts = new ConcurrentHashMap<>();

	private final ConcurrentHashMap<String, ServiceAccount> accountsByProject = new ConcurrentHashMap<>();

	private final ConcurrentHashMap<String, ServiceAccount> accountsByEmail = new ConcurrentHashMap<>();

	private final ConcurrentHashMap<String, ApnsKey> apnsKeys = new ConcurrentHashMap<>();

	private final ConcurrentHashMap<String, ApnsKey> apnsKeysById = new ConcurrentHashMap<>();

	private final List<String> applications;

	private final CredentialFiles files;

	/**
	 * Takes the applications' credentials from the directory, and makes those that are
	 * not there. Nothing is written before {@link #write}.
	 */
	public CredentialStore(Path directory, Collection<String> applications) {
		this.files = new CredentialFiles(directory);
		this.applications = List.copyOf(applications);
		for (String application : this.applications) {
			put(this.files.readServiceAccount(application).orElseGet(() -> Credentials.newServiceAccount(application)));
			put(this.files.readApnsKey(application).orElseGet(() -> Credentials.newApnsKey(application)));
		}
	}

	private void put(ServiceAccount account) {
		this.accounts.put(account.application(), account);
		this.accountsByProject.put(account.projectId(), account);
		this.accountsByEmail.put(account.clientEmail(), account);
	}

	private void put(ApnsKey key) {
		this.apnsKeys.put(key.application(), key);
		this.apnsKeysById.put(key.keyId(), key);
	}

	/**
	 * Writes every application's files.
	 * @param tokenUri goes into the service accounts: where they get access tokens
	 */
	public void write(URI tokenUri) {
		this.accounts.values().forEach((account) -> this.files.write(account, tokenUri));
		this.apnsKeys.values().forEach(this.files::write);
		this.files.writeApplications(all());
	}

	/**
	 * Herald's applications file, naming every application's credentials.
	 */
	public Path applicationsFile() {
		return this.files.applicationsFile();
	}

	/** The applications, in the order they were given. */
	public List<ApplicationCredentials> all() {
		return this.applications.stream().map(this::of).toList();
	}

	/**
	 * One application's credentials.
	 * @throws IllegalArgumentException if the application is not known
	 */
	public ApplicationCredentials of(String application) {
		ServiceAccount account = serviceAccount(application);
		ApnsKey key = apnsKey(application);
		return new ApplicationCredentials(application, account.projectId(), this.files.serviceAccountFile(application),
				key.teamId(), key.keyId(), this.files.apnsKeyFile(application));
	}

	/** Whether the application is known. */
	public boolean knows(String application) {
		return this.accounts.containsKey(application);
	}

	/** The service account of a project, null if there is none. */
	public @Nullable ServiceAccount accountOfProject(String projectId) {
		return this.accountsByProject.get(projectId);
	}

	/** The service account of an address, null if there is none. */
	public @Nullable ServiceAccount accountOfEmail(String clientEmail) {
		return this.accountsByEmail.get(clientEmail);
	}

	/** The signing key of an id, null if there is none. */
	public @Nullable ApnsKey apnsKeyOfId(String keyId) {
		return this.apnsKeysById.get(keyId);
	}

	/**
	 * The service account of an application.
	 * @throws IllegalArgumentException if the application is not known
	 */
	public ServiceAccount serviceAccount(String application) {
		return known(this.accounts.get(application), application);
	}

	/**
	 * The signing key of an application.
	 * @throws IllegalArgumentException if the application is not known
	 */
	public ApnsKey apnsKey(String application) {
		return known(this.apnsKeys.get(application), application);
	}

	private <T> T known(@Nullable T value, String application) {
		if (value == null) {
			throw new IllegalArgumentException("The emulators do not know the application '%s', expected one of %s"
				.formatted(application, this.applications));
		}
		return value;
	}

	/** Revokes the application's service account, or restores it. */
	public void setServiceAccountValid(String application, boolean valid) {
		serviceAccount(application).setValid(valid);
	}

	/** Revokes the application's signing key, or restores it. */
	public void setApnsKeyValid(String application, boolean valid) {
		apnsKey(application).setValid(valid);
	}

	/**
	 * Gives the service account a new key, in its file at once; the old one is revoked.
	 */
	public synchronized ApplicationCredentials rotateServiceAccount(String application, URI tokenUri) {
		serviceAccount(application).setValid(false);
		ServiceAccount renewed = Credentials.newServiceAccount(application);
		put(renewed);
		this.files.write(renewed, tokenUri);
		return of(application);
	}

	/**
	 * Gives the application a new signing key, in its file at once; the old one is
	 * revoked.
	 */
	public synchronized ApplicationCredentials rotateApnsKey(String application) {
		ApnsKey old = apnsKey(application);
		old.setValid(false);
		this.apnsKeysById.remove(old.keyId());
		ApnsKey renewed = Credentials.newApnsKey(application);
		put(renewed);
		this.files.write(renewed);
		this.files.writeApplications(all());
		return of(application);
	}

}
