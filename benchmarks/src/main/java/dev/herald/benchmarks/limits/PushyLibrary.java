package dev.herald.benchmarks.limits;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.herald.emulators.pushes.Provider;
import org.jspecify.annotations.Nullable;

/** pushy, as its documentation shows it. */
final class PushyLibrary implements Library {

	private static final String PAYLOAD = """
			{"aps":{"alert":{"title":"%s","body":"%s"}},"link":"%s","notification_id":\"""".formatted(TITLE, MESSAGE,
			LINK);

	private final ApnsClient client;

	private final String topic;

	private PushyLibrary(ApnsClient client, String topic) {
		this.client = client;
		this.topic = topic;
	}

	static PushyLibrary open(LibraryOrder order) throws IOException, GeneralSecurityException {
		ApnsClient client = new ApnsClientBuilder().setApnsServer(order.apnsHost(), order.apnsPort())
			.setTrustedServerCertificateChain(new File(order.authority()))
			.setUseAlpn(true)
			.setSigningKey(
					ApnsSigningKey.loadFromPkcs8File(new File(order.signingKey()), order.teamId(), order.keyId()))
			.setConcurrentConnections(order.connections())
			.build();
		return new PushyLibrary(client, order.topic());
	}

	@Override
	public void send(long number, Consumer<@Nullable Throwable> whenDone) {
		UUID notification = Library.notification(number);
		client
			.sendNotification(new SimpleApnsPushNotification(Provider.APNS.sampleToken(number), topic,
					PAYLOAD + notification + "\"}", Instant.now().plus(TIME_TO_LIVE), DeliveryPriority.IMMEDIATE,
					PushType.ALERT, notification.toString(), notification))
			.whenComplete((reply, failure) -> whenDone.accept(failure != null || reply.isAccepted() ? failure
					: new IllegalStateException("refused: " + reply.getRejectionReason().orElse("without a reason"))));
	}

}
