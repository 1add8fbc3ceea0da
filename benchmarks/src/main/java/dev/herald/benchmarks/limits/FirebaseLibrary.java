package dev.herald.benchmarks.limits;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.google.api.client.json.gson.GsonFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.internal.ApacheHttp2Transport;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import dev.herald.emulators.pushes.Provider;
import dev.herald.worker.fcm.FcmProperties;
import dev.herald.worker.fcm.OpenFcmTransport;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * firebase-admin: its blocking {@code send}, each on a virtual thread. Its own
 * asynchronous methods do the same on a pool of 100 platform threads.
 */
final class FirebaseLibrary implements Library {

	private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

	private final FirebaseMessaging messaging;

	private FirebaseLibrary(FirebaseMessaging messaging) {
		this.messaging = messaging;
	}

	/**
	 * With the transport it comes with. All that is changed is where FCM's address leads;
	 * the authority to trust is for the JVM's options to say.
	 */
	static FirebaseLibrary overDefaultTransport(LibraryOrder order) throws IOException {
		URI fcm = URI.create(order.fcm());
		HttpRoute route = new HttpRoute(new HttpHost(fcm.getScheme(), fcm.getHost(), fcm.getPort()), null, true);
		var client = ApacheHttp2Transport.defaultHttpAsyncClientBuilder()
			.setRoutePlanner((target, context) -> route)
			.build();
		client.start();
		return open(options(order).setHttpTransport(new ApacheHttp2Transport(client)).build());
	}

	/** With the transport that the push worker gives it, configured as by default. */
	static FirebaseLibrary overHeraldsTransport(LibraryOrder order) throws IOException {
		FcmProperties properties = new FcmProperties(URI.create(order.fcm()), Path.of(order.authority()),
				order.connections(), Duration.ofSeconds(15), Duration.ofSeconds(5));
		return open(options(order).setHttpTransport(OpenFcmTransport.with(properties))
			.setJsonFactory(GsonFactory.getDefaultInstance())
			.build());
	}

	private static FirebaseLibrary open(FirebaseOptions options) {
		return new FirebaseLibrary(FirebaseMessaging.getInstance(FirebaseApp.initializeApp(options)));
	}

	private static FirebaseOptions.Builder options(LibraryOrder order) throws IOException {
		try (InputStream account = Files.newInputStream(Path.of(order.serviceAccount()))) {
			return FirebaseOptions.builder().setCredentials(GoogleCredentials.fromStream(account));
		}
	}

	@Override
	public void send(long number, Consumer<@Nullable Throwable> whenDone) {
		threads.execute(() -> whenDone.accept(send(number)));
	}

	// The SDK now prefers installation ids; what devices register is still the token.
	@SuppressWarnings("deprecation")
	private @Nullable Throwable send(long number) {
		try {
			String notification = Library.notification(number).toString();
			messaging.send(Message.builder()
				.setToken(Provider.FCM.sampleToken(number))
				.setNotification(Notification.builder().setTitle(TITLE).setBody(MESSAGE).build())
				.setAndroidConfig(AndroidConfig.builder()
					.setPriority(AndroidConfig.Priority.HIGH)
					.setTtl(TIME_TO_LIVE.toMillis())
					.setNotification(AndroidNotification.builder().setTag(notification).build())
					.build())
				.putData("link", LINK)
				.putData("notification_id", notification)
				.build());
			return null;
		}
		catch (FirebaseMessagingException | RuntimeException ex) {
			return ex;
		}
	}

}
