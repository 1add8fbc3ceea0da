package dev.herald.worker.fcm;

import com.google.api.client.json.gson.GsonFactory;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import dev.herald.base.applications.Application;
import dev.herald.base.applications.FcmCredential;
import dev.herald.common.identity.Provider;
import dev.herald.worker.push.PushProvider;
import dev.herald.worker.push.PushService;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * Firebase Cloud Messaging. Each application has a FirebaseApp and connections of its
 * own, so that a project that hangs takes no stream from another.
 */
public final class FcmProvider implements PushProvider, AutoCloseable {

	/**
	 * The SDK keeps its apps in one table for the whole JVM, where an old and a new
	 * credential of one application may overlap.
	 */
	private static final AtomicLong OPENED = new AtomicLong();

	/** What they do for a push takes ten microseconds or so; the rest is the SDK's. */
	private static final int IO_THREADS = 2;

	private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

	private final FcmProperties properties;

	private final SSLContext tls;

	private final ServiceAccounts accounts;

	private final EventLoopGroup ioThreads;

	private final Executor virtualThreads;

	private final Clock clock;

	/**
	 * @param virtualThreads runs a thread for each push in flight
	 */
	public FcmProvider(FcmProperties properties, Executor virtualThreads, Clock clock) {
		this.properties = properties;
		this.tls = TrustedCertificates.context(properties.trustedCa());
		this.accounts = new ServiceAccounts(tls);
		this.ioThreads = ioThreads();
		this.virtualThreads = virtualThreads;
		this.clock = clock;
	}

	static EventLoopGroup ioThreads() {
		return new MultiThreadIoEventLoopGroup(IO_THREADS, new DefaultThreadFactory("fcm-io", true),
				NioIoHandler.newFactory());
	}

	@Override
	public Provider provider() {
		return Provider.FCM;
	}

	@Override
	public Path credentialFile(Application application) {
		return credential(application).serviceAccount();
	}

	private static FcmCredential credential(Application application) {
		return Objects.requireNonNull(application.fcm(), "the application has no FCM credential");
	}

	@Override
	public PushService open(Application application) {
		ServiceAccountCredentials account = accounts.read(credential(application).serviceAccount());
		FcmTransport transport = new FcmTransport(properties, tls, ioThreads);
		FirebaseOptions options = FirebaseOptions.builder()
			.setCredentials(account)
			.setHttpTransport(transport)
			.setJsonFactory(GsonFactory.getDefaultInstance())
			.build();
		String name = "herald-%s-%d".formatted(application.id(), OPENED.incrementAndGet());
		return new FcmPushService(FirebaseApp.initializeApp(options, name), transport, virtualThreads, clock);
	}

	/** Ends every connection; the services that were opened are of no use any more. */
	@Override
	public void close() {
		ioThreads.shutdownGracefully(0, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
	}

}
