package dev.herald.worker.apns;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.google.common.util.concurrent.MoreExecutors;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.push.PushJob;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Accepted;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushService;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends the pushes of one application through APNs, in both environments. */
final class ApnsPushService implements PushService {

	private final String topic;

	private final Map<Environment, Peer> peers = new EnumMap<>(Environment.class);

	/** Replies come together: one thread tells the outcomes of all that are there. */
	private final Executor outcomes;

	private final Clock clock;

	/**
	 * @param executor where outcomes are told: the threads that serve the connections
	 * must not be blocked
	 */
	ApnsPushService(String topic, Function<Environment, Peer> peers, Executor executor, Clock clock) {
		this.topic = topic;
		this.outcomes = MoreExecutors.newSequentialExecutor(executor);
		this.clock = clock;
		for (Environment environment : Environment.values()) {
			this.peers.put(environment, peers.apply(environment));
		}
	}

	@Override
	public CompletableFuture<PushOutcome> send(PushJob job) {
		if (!isHexadecimal(job.device().token())) {
			return CompletableFuture.completedFuture(new Rejected("BadDeviceToken"));
		}
		ApnsPushNotification notification = ApnsNotificationMapper.map(job, topic);
		if (ApnsNotificationMapper.isTooLarge(notification)) {
			return CompletableFuture.completedFuture(new Rejected("PayloadTooLarge"));
		}
		return send(job, notification);
	}

	/** The token is part of the request's path. */
	private static boolean isHexadecimal(DeviceToken token) {
		String text = token.value();
		for (int i = 0; i < text.length(); i++) {
			if (!HexFormat.isHexDigit(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private CompletableFuture<PushOutcome> send(PushJob job, ApnsPushNotification notification) {
		Peer peer = Objects.requireNonNull(peers.get(job.device().environment()), "there is a peer per environment");
		Instant askedAt = clock.instant();
		return peer.connections.send(notification)
			.handleAsync((reply, failure) -> reply != null ? outcome(job, reply, peer.standings, askedAt)
					: noAnswer(failure), outcomes);
	}

	private static PushOutcome outcome(PushJob job, PushNotificationResponse<ApnsPushNotification> reply,
			TokenStandings standings, Instant askedAt) {
		if (reply.isAccepted()) {
			standings.accepted();
			return new Accepted(String.valueOf(reply.getApnsId()));
		}
		ApnsAnswer answer = new ApnsAnswer(reply.getStatusCode(), reply.getRejectionReason().orElse(null),
				reply.getTokenInvalidationTimestamp().orElse(null));
		TokenStanding standing = ApnsOutcomeClassifier.isAmbiguousAboutToken(answer)
				? standings.refused(job.device().token()) : TokenStanding.UNKNOWN;
		return ApnsOutcomeClassifier.classify(answer, standing, askedAt);
	}

	private static PushOutcome noAnswer(@Nullable Throwable failure) {
		Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause()
				: failure;
		if (cause instanceof TimeoutException) {
			return Retryable.soon("NoAnswer: Timeout");
		}
		return Retryable.soon("NoAnswer: "
				+ (cause == null || cause.getMessage() == null ? "broken connection" : cause.getMessage()));
	}

	@Override
	public void close() {
		peers.values().forEach(peer -> peer.connections.close());
	}

	/**
	 * One environment of APNs.
	 *
	 * @param standings outlives the service: a pause must not forget why it was
	 */
	record Peer(ApnsConnections connections, TokenStandings standings) {
	}

}
