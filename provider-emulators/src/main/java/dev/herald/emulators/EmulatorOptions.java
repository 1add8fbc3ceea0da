package dev.herald.emulators;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.herald.emulators.control.ControlKey;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * How the emulators run. Made by {@link #in(Path)} and the {@code with…} of the
 * {@link Builder}; a port of 0 takes a free one.
 *
 * @param directory where the certificate authority and the credentials are kept
 * @param applications the ids of the applications to know
 * @param bindAddress the address to listen on
 * @param host the name clients reach the emulators by
 * @param moreHosts further names the certificate is for
 * @param tokenUri where service accounts get access tokens, null for the plain-HTTP port
 * @param recentPushes how many pushes are kept
 * @param trackedForRepeats for how many (device, notification) pairs repeats are counted
 * @param threads how many threads serve all connections
 * @param accessTokenLifetime how long an OAuth access token holds
 */
public record EmulatorOptions(Path directory, List<String> applications, String bindAddress, String host,
		List<String> moreHosts, int fcmPort, int apnsPort, int tokenPort, int controlPort, @Nullable URI tokenUri,
		@Nullable ControlKey controlKey, int recentPushes, int trackedForRepeats, int threads,
		Duration accessTokenLifetime, Clock clock) {

	/** Also a directory name. */
	private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,154}");

	public EmulatorOptions {
		applications = List.copyOf(applications);
		moreHosts = List.copyOf(moreHosts);
		applications.forEach(EmulatorOptions::requireApplicationId);
		requireRange("fcm port", fcmPort, 0, 65_535);
		requireRange("apns port", apnsPort, 0, 65_535);
		requireRange("token port", tokenPort, 0, 65_535);
		requireRange("control port", controlPort, 0, 65_535);
		requireRange("recent pushes", recentPushes, 1, 10_000_000);
		requireRange("tracked for repeats", trackedForRepeats, 0, 100_000_000);
		requireRange("threads", threads, 1, 64);
		requireAddress(bindAddress);
		if (!isLoopback(bindAddress) && controlKey == null) {
			throw new IllegalArgumentException(
					"The bind address is %s, which others can reach, and there is no control key, expected one"
						.formatted(bindAddress));
		}
	}

	/** The defaults: loopback only, free ports, no application yet. */
	public static Builder in(Path directory) {
		return new Builder(directory);
	}

	private static void requireApplicationId(String application) {
		if (!APPLICATION.matcher(application).matches()) {
			throw new IllegalArgumentException(
					"The application is '%s', expected an id like com.acme.rider".formatted(application));
		}
	}

	private static void requireRange(String name, int value, int least, int most) {
		if (value < least || value > most) {
			throw new IllegalArgumentException("%s is %d, expected %d to %d".formatted(name, value, least, most));
		}
	}

	private static void requireAddress(String address) {
		if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
			throw new IllegalArgumentException(
					"The bind address is '%s', expected an IP address like 127.0.0.1".formatted(address));
		}
	}

	private static boolean isLoopback(String address) {
		return address.startsWith("127.") || address.equals("::1");
	}

	/** Every name a client may use. */
	List<String> certificateHosts() {
		List<String> hosts = new ArrayList<>(List.of("localhost", "127.0.0.1", this.host));
		hosts.addAll(this.moreHosts);
		return hosts.stream().distinct().toList();
	}

	/**
	 * Collects options; each method gives the builder back. Not for use by several
	 * threads.
	 */
	public static final class Builder {

		private final Path directory;

		private List<String> applications = List.of();

		private String bindAddress = "127.0.0.1";

		private String host = "localhost";

		private List<String> moreHosts = List.of();

		private int fcmPort;

		private int apnsPort;

		private int tokenPort;

		private int controlPort;

		private @Nullable URI tokenUri;

		private @Nullable ControlKey controlKey;

		private int recentPushes = 10_000;

		private int trackedForRepeats = 100_000;

		private int threads = 2;

		private Duration accessTokenLifetime = Duration.ofHours(1);

		private Clock clock = Clock.systemUTC();

		private Builder(Path directory) {
			this.directory = directory;
		}

		/**
		 * The applications to know; what credentials are not in the directory are made.
		 */
		public Builder withApplications(String... ids) {
			return withApplications(List.of(ids));
		}

		/**
		 * The applications to know; what credentials are not in the directory are made.
		 */
		public Builder withApplications(List<String> ids) {
			this.applications = ids;
			return this;
		}

		/** The address to listen on; one that others can reach needs a control key. */
		public Builder withBindAddress(String address) {
			this.bindAddress = address;
			return this;
		}

		/** The name clients reach the emulators by, where it is not {@code localhost}. */
		public Builder withHost(String name) {
			this.host = name;
			return this;
		}

		/** Further names and addresses for the certificate. */
		public Builder withMoreHosts(List<String> names) {
			this.moreHosts = names;
			return this;
		}

		/** Fixed ports instead of free ones. */
		public Builder withPorts(int fcm, int apns, int token, int control) {
			this.fcmPort = fcm;
			this.apnsPort = apns;
			this.tokenPort = token;
			this.controlPort = control;
			return this;
		}

		/**
		 * The {@code token_uri} of the service accounts, where it is not the plain-HTTP
		 * port.
		 */
		public Builder withTokenUri(URI uri) {
			this.tokenUri = uri;
			return this;
		}

		/** The bearer key of the control port, 16 characters or more. */
		public Builder withControlKey(String key) {
			this.controlKey = new ControlKey(key);
			return this;
		}

		/**
		 * How many pushes are kept; each takes about its payload's size and 500 bytes.
		 */
		public Builder withRecentPushes(int count) {
			this.recentPushes = count;
			return this;
		}

		/** For how many (device, notification) pairs repeats are counted, 0 for none. */
		public Builder withTrackedForRepeats(int pairs) {
			this.trackedForRepeats = pairs;
			return this;
		}

		/** How many threads serve all connections of all ports. */
		public Builder withThreads(int count) {
			this.threads = count;
			return this;
		}

		/** How long an OAuth access token holds. */
		public Builder withAccessTokenLifetime(Duration lifetime) {
			this.accessTokenLifetime = lifetime;
			return this;
		}

		/** The clock for every check of age and every recorded time. */
		public Builder withClock(Clock timeSource) {
			this.clock = timeSource;
			return this;
		}

		/**
		 * The options.
		 * @throws IllegalArgumentException if one is not as expected; the message says
		 * which
		 */
		public EmulatorOptions build() {
			return new EmulatorOptions(this.directory, this.applications, this.bindAddress, this.host, this.moreHosts,
					this.fcmPort, this.apnsPort, this.tokenPort, this.controlPort, this.tokenUri, this.controlKey,
					this.recentPushes, this.trackedForRepeats, this.threads, this.accessTokenLifetime, this.clock);
		}

	}

}
