package dev.herald.worker.targeted;

import com.rabbitmq.client.AMQP;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.broker.PairHeaders;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.campaign.PairIdentity;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pair as it came, and what is known of it.
 *
 * @param deliveryTag what acknowledges it
 * @param receivedAt when this worker got it, by {@link System#nanoTime}
 */
record ReceivedPair(long deliveryTag, ApplicationId application, TargetedPair pair, PairHeaders headers,
		long receivedAt) {

	static ReceivedPair of(long deliveryTag, ApplicationId application, TargetedPair pair,
			AMQP.BasicProperties properties, Instant now) {
		return new ReceivedPair(deliveryTag, application, pair, PairHeaders.of(properties, now), System.nanoTime());
	}

	/** The campaign it names, or its application's standing one. */
	CampaignId campaign() {
		CampaignId named = pair.campaignId();
		return named == null ? standingCampaign() : named;
	}

	CampaignId standingCampaign() {
		return PairIdentity.standingCampaign(application, headers.acceptedAt());
	}

	NotificationId notification() {
		CampaignId named = pair.campaignId();
		return named == null ? PairIdentity.inStandingCampaign(standingCampaign(), pair.userId(), pair.articleId(),
				headers.acceptedAt()) : PairIdentity.inCampaign(named, pair.userId(), pair.articleId());
	}

	Duration heldFor() {
		return Duration.ofNanos(System.nanoTime() - receivedAt);
	}

	/** The same, to come again after its article could not be had at this moment. */
	OutgoingMessage afterFailure(Instant now) {
		PairHeaders failed = headers.failedAt(now);
		return OutgoingMessage.pairLater(application, pair, delay(failed.failures()), failed.toMap());
	}

	/** The same, to come again for another reason. */
	OutgoingMessage later(RetryDelay delay) {
		return OutgoingMessage.pairLater(application, pair, delay, headers.toMap());
	}

	/** Since when its article could not be had, or null if it never was tried in vain. */
	@Nullable Instant firstFailedAt() {
		return headers.firstFailedAt();
	}

	private static RetryDelay delay(int failures) {
		return switch (failures) {
			case 1 -> RetryDelay.ONE_SECOND;
			case 2 -> RetryDelay.FIVE_SECONDS;
			case 3 -> RetryDelay.FIFTEEN_SECONDS;
			case 4, 5, 6 -> RetryDelay.ONE_MINUTE;
			default -> RetryDelay.FIVE_MINUTES;
		};
	}

}
