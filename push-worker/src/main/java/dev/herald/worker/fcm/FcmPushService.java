package dev.herald.worker.fcm;

import com.google.firebase.FirebaseApp;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import dev.herald.common.push.PushJob;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Accepted;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushService;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Sends the pushes of one application through FCM: the SDK's blocking {@code send}, a
 * virtual thread for each push in flight. The SDK's own asynchronous methods block a
 * thread for each push too, of a pool of 100.
 */
final class FcmPushService implements PushService {

	private final FirebaseApp app;

	private final FirebaseMessaging messaging;

	private final FcmTransport transport;

	private final Executor virtualThreads;

	private final Clock clock;

	FcmPushService(FirebaseApp app, FcmTransport transport, Executor virtualThreads, Clock clock) {
		this.app = app;
		this.messaging = FirebaseMessaging.getInstance(app);
		this.transport = transport;
		this.virtualThreads = virtualThreads;
		this.clock = clock;
	}

	@Override
	public CompletableFuture<PushOutcome> send(PushJob job) {
		return CompletableFuture.supplyAsync(() -> sendNow(job), virtualThreads);
	}

	private PushOutcome sendNow(PushJob job) {
		Instant askedAt = clock.instant();
		FcmPush push = FcmMessageMapper.map(job, askedAt);
		return push.isTooLarge() ? new Rejected("PayloadTooLarge") : sendNow(push.message(), askedAt);
	}

	private PushOutcome sendNow(Message message, Instant askedAt) {
		try {
			return new Accepted(messaging.send(message));
		}
		// The SDK throws IllegalArgumentException for a status it does not know.
		catch (FirebaseMessagingException | IllegalArgumentException ex) {
			return FcmOutcomeClassifier.classify(FcmFailures.of(ex, clock.instant()), askedAt);
		}
	}

	@Override
	public void close() {
		app.delete();
		transport.shutdown();
	}

}
