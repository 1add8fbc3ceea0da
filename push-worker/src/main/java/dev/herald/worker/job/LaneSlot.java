package dev.herald.worker.job;

import dev.herald.base.applications.Application;
import dev.herald.worker.push.PushService;
import dev.herald.worker.push.UnusableCredentialException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a lane: while the application's entry and the content of its credential
 * file change, there is always one lane in it that works with the last good ones. A
 * changed credential that can be used opens a new lane while the old one drains; one that
 * cannot is told, and changes nothing. Not safe for use by many threads but where said.
 */
final class LaneSlot {

	private static final Logger log = LoggerFactory.getLogger(LaneSlot.class);

	private final LaneId id;

	private final LaneEnvironment environment;

	private final LaneMetrics metrics;

	private volatile Lane lane;

	/** What the lane works with. */
	private Setting inUse;

	/** What was looked at last, whether it could be used or not. */
	private Setting lastSeen;

	private volatile @Nullable String problem;

	/** Starts a lane. */
	LaneSlot(LaneId id, Application application, LaneEnvironment environment) {
		this.id = id;
		this.environment = environment;
		this.metrics = new LaneMetrics(environment.meters(), id, this::lane);
		// Looked at before the lane opens it: what changes in between is then seen next.
		this.inUse = setting(application);
		this.lastSeen = inUse;
		this.lane = new Lane(id, application, environment, metrics);
		lane.start();
	}

	/** The lane of the moment. Safe for use by many threads. */
	Lane lane() {
		return lane;
	}

	/**
	 * Why the latest credential is not the one in use, or null if it is. Safe for use by
	 * many threads.
	 */
	@Nullable String problem() {
		return problem;
	}

	/** Looks whether the credential file has changed. */
	void look() {
		follow(lastSeen.application);
	}

	/** Works with this entry from now on, if its credential can be used. */
	void follow(Application application) {
		Setting seen = setting(application);
		if (seen.equals(lastSeen)) {
			return;
		}
		lastSeen = seen;
		if (seen.equals(inUse)) {
			problem = null;
			return;
		}
		try {
			replace(environment.services().open(application, id.provider()), seen);
		}
		catch (UnusableCredentialException ex) {
			problem = ex.reason();
			log.error("{} keeps its last good credential: {}", id, ex.reason());
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a lane that is gone
	private void replace(PushService service, Setting setting) {
		log.info("{} has a changed credential or entry, and takes it up", id);
		Lane old = lane;
		lane = old.successor(setting.application, service);
		lane.start();
		inUse = setting;
		problem = null;
		old.stop();
	}

	/**
	 * Begins no further job.
	 * @return completes when those in flight are finished
	 */
	CompletableFuture<@Nullable Void> stop() {
		return lane.stop();
	}

	/** Takes the lane's figures out of the registry. */
	void forget() {
		metrics.close();
	}

	private Setting setting(Application application) {
		return new Setting(application, fingerprint(environment.services().credentialFile(application, id.provider())));
	}

	private static String fingerprint(Path file) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
			return HexFormat.of().formatHex(digest);
		}
		catch (IOException ex) {
			return "unreadable: " + ex.getClass().getSimpleName();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	/**
	 * What a lane works with.
	 *
	 * @param credential tells one content of the credential file from another, and
	 * nothing of it
	 */
	private record Setting(Application application, String credential) {
	}

}
