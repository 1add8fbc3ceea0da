package dev.herald.emulators;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.herald.emulators.apns.ApnsAnswers;
import dev.herald.emulators.apns.ApnsEmulator;
import dev.herald.emulators.behaviour.Behaviours;
import dev.herald.emulators.behaviour.Reception;
import dev.herald.emulators.control.Administration;
import dev.herald.emulators.control.ControlEndpoint;
import dev.herald.emulators.credentials.ApplicationCredentials;
import dev.herald.emulators.credentials.CredentialStore;
import dev.herald.emulators.fcm.FcmAnswers;
import dev.herald.emulators.fcm.FcmEmulator;
import dev.herald.emulators.http.HttpServer;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.PushLog;
import dev.herald.emulators.tls.CertificateAuthority;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * FCM and APNs on this machine, for tests, demonstrations and load. They speak the
 * providers' protocols, so the providers' own SDKs talk to them; only the endpoint and
 * the trusted certificate authority differ from production. Four ports: FCM (HTTP/2 and
 * HTTP/1.1 over TLS), APNs (HTTP/2 over TLS), FCM's OAuth tokens (plain HTTP, for SDKs
 * whose token request cannot be given a trust store), and control (plain HTTP).
 * <p>
 * Running from {@link #start} to {@link #close}; whoever starts closes. Safe for use by
 * any thread. Files in the directory stay, so that the next start has the same authority
 * and credentials.
 */
public final class ProviderEmulators implements Administration, AutoCloseable {

	private static final Logger logger = System.getLogger(ProviderEmulators.class.getName());

	private final EmulatorOptions options;

	private final EventLoopGroup threads;

	private final CertificateAuthority authority;

	private final CredentialStore credentials;

	private final PushLog pushes;

	private final Behaviours behaviours;

	private final FcmEmulator fcm;

	private final ApnsEmulator apns;

	private final HttpServer fcmServer;

	private final HttpServer apnsServer;

	private final HttpServer tokenServer;

	private final HttpServer controlServer;

	private final URI tokenUri;

	private ProviderEmulators(EmulatorOptions options, EventLoopGroup threads) {
		this.options = options;
		this.threads = threads;
		this.authority = CertificateAuthority.loadOrCreate(options.directory(), options.clock().instant());
		this.credentials = new CredentialStore(options.directory(), options.applications());
		this.pushes = new PushLog(options.recentPushes(), options.trackedForRepeats(), options.clock());
		this.behaviours = new Behaviours(
				Map.of(Provider.FCM, new FcmAnswers(), Provider.APNS, new ApnsAnswers(options.clock())));
		Reception reception = new Reception(this.behaviours, this.pushes);
		this.fcmServer = bind(options.fcmPort());
		this.apnsServer = bind(options.apnsPort());
		this.tokenServer = bind(options.tokenPort());
		this.controlServer = bind(options.controlPort());
		this.tokenUri = (options.tokenUri() != null) ? options.tokenUri() : uri("http", this.tokenServer, "/token");
		this.credentials.write(this.tokenUri);
		List<URI> audiences = List.of(this.tokenUri, uri("http", this.tokenServer, "/token"),
				uri("https", this.fcmServer, "/token"));
		this.fcm = new FcmEmulator(this.credentials, reception, audiences, options.accessTokenLifetime(),
				options.clock());
		this.apns = new ApnsEmulator(this.credentials, reception, options.clock());
	}

	private void serve() {
		this.fcmServer.serve(tls(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1),
				FcmEmulator.MAX_BODY, this.fcm);
		this.apnsServer.serve(tls(ApplicationProtocolNames.HTTP_2), ApnsEmulator.MAX_BODY, this.apns);
		this.tokenServer.serve(null, FcmEmulator.MAX_BODY, this.fcm.tokenEndpoint());
		this.controlServer.serve(null, ControlEndpoint.MAX_BODY,
				new ControlEndpoint(this, this.options.controlKey(), this.options.clock()));
	}

	/**
	 * Starts both emulators and writes the certificate authority and the applications'
	 * credentials into the directory. They serve when this returns.
	 * @throws IllegalStateException if a port is taken or the directory's files do not
	 * fit
	 * @throws java.io.UncheckedIOException if the directory cannot be written
	 */
	public static ProviderEmulators start(EmulatorOptions options) {
		EventLoopGroup threads = new MultiThreadIoEventLoopGroup(options.threads(),
				new DefaultThreadFactory("provider-emulators", true), NioIoHandler.newFactory());
		try {
			ProviderEmulators emulators = new ProviderEmulators(options, threads);
			emulators.serve();
			logger.log(Level.WARNING,
					"These are EMULATORS of FCM ({0}) and APNs ({1}:{2,number,#}): no push reaches any phone",
					emulators.fcmUri(), emulators.apnsHost(), emulators.apnsPort());
			return emulators;
		}
		catch (RuntimeException ex) {
			threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
			throw ex;
		}
	}

	/**
	 * Runs the emulators until the process is told to stop; {@code --help} lists the
	 * options.
	 */
	public static void main(String[] arguments) throws InterruptedException {
		CommandLine.run(arguments);
	}

	private SslContext tls(String... protocols) {
		return this.authority.serverContext(this.options.certificateHosts(), this.options.clock().instant(), protocols);
	}

	private HttpServer bind(int port) {
		return HttpServer.bind(this.threads, new InetSocketAddress(this.options.bindAddress(), port));
	}

	private URI uri(String scheme, HttpServer server, String path) {
		return URI.create(scheme + "://" + this.options.host() + ":" + server.port() + path);
	}

	/** FCM's base URL: {@code https://localhost:41234}. */
	public URI fcmUri() {
		return uri("https", this.fcmServer, "");
	}

	/** Where service accounts get access tokens; it is in their files. */
	public URI tokenUri() {
		return this.tokenUri;
	}

	/** The name to reach APNs by. */
	public String apnsHost() {
		return this.options.host();
	}

	/** The port of APNs. */
	public int apnsPort() {
		return this.apnsServer.port();
	}

	/** The base URL of the control port. */
	public URI controlUri() {
		return uri("http", this.controlServer, "");
	}

	/** The certificate authority to trust, in PEM. */
	public Path authorityFile() {
		return this.authority.certificateFile();
	}

	/**
	 * An applications file for Herald, naming every application's credentials.
	 */
	public Path applicationsFile() {
		return this.credentials.applicationsFile();
	}

	/**
	 * One application's ids and files.
	 * @throws IllegalArgumentException if the application is not known
	 */
	public ApplicationCredentials credentials(String application) {
		return this.credentials.of(application);
	}

	@Override
	public List<ApplicationCredentials> applications() {
		return this.credentials.all();
	}

	@Override
	public Behaviours behaviours() {
		return this.behaviours;
	}

	@Override
	public PushLog pushes() {
		return this.pushes;
	}

	@Override
	public void revokeCredentials(Provider provider, String application) {
		setValid(provider, application, false);
	}

	@Override
	public void restoreCredentials(Provider provider, String application) {
		setValid(provider, application, true);
	}

	private void setValid(Provider provider, String application, boolean valid) {
		switch (provider) {
			case FCM -> {
				this.credentials.setServiceAccountValid(application, valid);
				this.fcm.revokeAccessTokens(application);
			}
			case APNS -> this.credentials.setApnsKeyValid(application, valid);
		}
	}

	@Override
	public ApplicationCredentials rotateCredentials(Provider provider, String application) {
		return switch (provider) {
			case FCM -> this.credentials.rotateServiceAccount(application, this.tokenUri);
			case APNS -> this.credentials.rotateApnsKey(application);
		};
	}

	@Override
	public boolean credentialsValid(Provider provider, String application) {
		return switch (provider) {
			case FCM -> this.credentials.serviceAccount(application).valid();
			case APNS -> this.credentials.apnsKey(application).valid();
		};
	}

	@Override
	public void goAway(Provider provider) {
		server(provider).goAway();
	}

	@Override
	public void dropConnections(Provider provider) {
		server(provider).dropConnections();
	}

	@Override
	public int connectionCount(Provider provider) {
		return server(provider).connectionCount();
	}

	private HttpServer server(Provider provider) {
		return switch (provider) {
			case FCM -> this.fcmServer;
			case APNS -> this.apnsServer;
		};
	}

	/** Stops listening and drops all connections. */
	@Override
	public void close() {
		List.of(this.fcmServer, this.apnsServer, this.tokenServer, this.controlServer).forEach(HttpServer::close);
		this.threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

}
