package dev.herald.worker.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import dev.herald.base.applications.ApnsCredential;
import dev.herald.base.applications.Application;
import dev.herald.base.io.RestingSelectStrategy;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.worker.push.PushProvider;
import dev.herald.worker.push.PushService;
import dev.herald.worker.push.UnusableCredentialException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Apple Push Notification service, with token authentication: one key signs for a team,
 * and each application and environment has connections of its own (Apple,
 * <em>Establishing a token-based connection to APNs</em>).
 */
public final class ApnsProvider implements PushProvider, AutoCloseable {

	/** Between the 20 and 60 minutes that Apple asks for. */
	private static final Duration PROVIDER_TOKEN_LIFETIME = Duration.ofMinutes(50);

	/** How long a client that is closed waits for what it has sent. */
	private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

	private final ApnsProperties properties;

	private final EventLoopGroup ioThreads;

	private final Executor executor;

	private final Clock clock;

	private final Map<Peer, TokenStandings> standings = new ConcurrentHashMap<>();

	/**
	 * @param executor where outcomes are told; its threads may block
	 */
	@SuppressWarnings("deprecation") // pushy 0.15 refuses the group that Netty 4.2
										// replaces this with
	public ApnsProvider(ApnsProperties properties, Executor executor, Clock clock) {
		this.properties = properties;
		this.executor = executor;
		this.clock = clock;
		this.ioThreads = new NioEventLoopGroup(properties.ioThreads(), new DefaultThreadFactory("apns-io", true),
				SelectorProvider.provider(), RestingSelectStrategy.newFactory());
	}

	@Override
	public Provider provider() {
		return Provider.APNS;
	}

	@Override
	public Path credentialFile(Application application) {
		return credential(application).key();
	}

	private static ApnsCredential credential(Application application) {
		return Objects.requireNonNull(application.apns(), "the application has no APNs credential");
	}

	@Override
	public PushService open(Application application) {
		ApnsCredential credential = credential(application);
		ApnsSigningKey key = signingKey(credential);
		standings.keySet().removeIf(peer -> peer.isOutdatedBy(application.id(), credential));
		return new ApnsPushService(credential.topic(), environment -> peer(application, credential, environment, key),
				executor, clock);
	}

	private ApnsPushService.Peer peer(Application application, ApnsCredential credential, Environment environment,
			ApnsSigningKey key) {
		ApnsConnections connections = new ApnsConnections(() -> client(environment, key), properties.requestTimeout(),
				executor);
		return new ApnsPushService.Peer(connections, standings
			.computeIfAbsent(new Peer(application.id(), credential, environment), unseen -> new TokenStandings(clock)));
	}

	private ApnsClient client(Environment environment, ApnsSigningKey key) {
		try {
			ApnsClientBuilder builder = new ApnsClientBuilder().setSigningKey(key)
				.setTokenExpiration(PROVIDER_TOKEN_LIFETIME)
				.setEventLoopGroup(ioThreads)
				.setUseAlpn(true)
				.setConcurrentConnections(properties.connections())
				.setConnectionTimeout(properties.connectTimeout())
				.setGracefulShutdownTimeout(CLOSE_PATIENCE);
			address(builder, environment);
			if (properties.trustedCa() != null) {
				builder.setTrustedServerCertificateChain(properties.trustedCa().toFile());
			}
			return builder.build();
		}
		catch (SSLException | IllegalArgumentException ex) {
			throw new UnusableCredentialException(
					"no TLS to APNs: herald.apns.trusted-ca must be a PEM file of certificates, but was "
							+ properties.trustedCa(),
					ex);
		}
	}

	private void address(ApnsClientBuilder builder, Environment environment) {
		if (properties.endpoint() != null) {
			int colon = properties.endpoint().indexOf(':');
			builder.setApnsServer(properties.endpoint().substring(0, colon),
					Integer.parseInt(properties.endpoint().substring(colon + 1)));
			return;
		}
		builder.setApnsServer(switch (environment) {
			case PRODUCTION -> ApnsClientBuilder.PRODUCTION_APNS_HOST;
			case SANDBOX -> ApnsClientBuilder.DEVELOPMENT_APNS_HOST;
		});
	}

	private static ApnsSigningKey signingKey(ApnsCredential credential) {
		if (!Files.isReadable(credential.key())) {
			throw new UnusableCredentialException(
					"APNs key %s does not exist or cannot be read".formatted(credential.key()), null);
		}
		try {
			return ApnsSigningKey.loadFromPkcs8File(credential.key().toFile(), credential.teamId(), credential.keyId());
		}
		// Whatever the parsers throw for a broken key: their messages may quote it.
		catch (IOException | GeneralSecurityException | RuntimeException ignored) {
			throw new UnusableCredentialException(
					"APNs key %s cannot be used: expected the .p8 file of a signing key (P-256, PKCS#8, PEM)"
						.formatted(credential.key()),
					null);
		}
	}

	/** Stops the threads that serve the connections, once the services are closed. */
	@Override
	public void close() {
		ioThreads.shutdownGracefully(0, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(5_000);
	}

	private record Peer(ApplicationId application, ApnsCredential credential, Environment environment) {

		boolean isOutdatedBy(ApplicationId changed, ApnsCredential current) {
			return application.equals(changed) && !credential.equals(current);
		}

	}

}
