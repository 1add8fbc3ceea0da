package dev.herald.base.broker;

import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.campaign.PairReport;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.TokenInvalidation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A message on its way to the broker, and the place it goes to.
 *
 * @param exchange the exchange; empty for the default one
 * @param routingKey the routing key; the queue's name on the default exchange
 * @param priority the AMQP message priority
 * @param body the JSON, in UTF-8; not copied, so not to be changed
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying every body would cost
											// without a use
public record OutgoingMessage(String exchange, String routingKey, int priority, byte[] body,
		Map<String, Object> headers) {

	private static final int MAX_SHORT_STRING_BYTES = 255;

	/**
	 * @throws IllegalArgumentException if a value cannot be said in AMQP: found out while
	 * writing, it would cost everyone the channel
	 */
	public OutgoingMessage {
		requireShortString("exchange", exchange);
		requireShortString("routing key", routingKey);
		if (priority < 0 || priority > 255) {
			throw new IllegalArgumentException("priority must be 0 to 255, but was " + priority);
		}
		headers = Map.copyOf(headers);
	}

	private static void requireShortString(String name, String value) {
		int length = value.getBytes(StandardCharsets.UTF_8).length;
		if (length > MAX_SHORT_STRING_BYTES) {
			throw new IllegalArgumentException(
					"%s must have %d bytes at most, but has %d".formatted(name, MAX_SHORT_STRING_BYTES, length));
		}
	}

	/** A job on its way to the queue of its application and provider. */
	public static OutgoingMessage job(PushJob job) {
		return job(BrokerTopology.PUSH_EXCHANGE, job);
	}

	/** A job that comes back to its queue after a delay. */
	public static OutgoingMessage retry(PushJob job, RetryDelay delay) {
		return job(delay.exchange(), job);
	}

	/** How a job ended, for the notification API; a campaign's jobs apart from others. */
	public static OutgoingMessage report(DeliveryReport report) {
		return toQueue(report.campaignId() == null ? BrokerTopology.DELIVERY_REPORTS : BrokerTopology.CAMPAIGN_REPORTS,
				HeraldJson.write(report), Map.of());
	}

	/** A dead token, for the token store. */
	public static OutgoingMessage invalidation(TokenInvalidation invalidation) {
		return toQueue(BrokerTopology.TOKEN_INVALIDATIONS, HeraldJson.write(invalidation), Map.of());
	}

	/** A link on its way to whichever worker takes it. */
	public static OutgoingMessage link(BroadcastLink link) {
		return link(BrokerTopology.PUSH_EXCHANGE, link);
	}

	/** A link that comes back after a tenth of a second. */
	public static OutgoingMessage linkSoon(BroadcastLink link) {
		return link(BrokerTopology.CAMPAIGN_WAIT, link);
	}

	/** A link that comes back after a delay. */
	public static OutgoingMessage linkLater(BroadcastLink link, RetryDelay delay) {
		return link(delay.exchange(), link);
	}

	/**
	 * A pair on its way to the queue of its application.
	 * @param headers what is to be known of it there
	 */
	public static OutgoingMessage pair(ApplicationId application, TargetedPair pair, Map<String, Object> headers) {
		return pair(BrokerTopology.PUSH_EXCHANGE, application, pair, headers);
	}

	/**
	 * A pair that comes back to its queue after a delay.
	 * @param headers what is to be known of it then
	 */
	public static OutgoingMessage pairLater(ApplicationId application, TargetedPair pair, RetryDelay delay,
			Map<String, Object> headers) {
		return pair(delay.exchange(), application, pair, headers);
	}

	/** What became of a pair, for the notification API. */
	public static OutgoingMessage pairReport(PairReport report) {
		return toQueue(BrokerTopology.CAMPAIGN_PAIRS, HeraldJson.write(report), Map.of());
	}

	/** A job that was given up, for an operator. */
	public static OutgoingMessage deadLetter(DeadLetter deadLetter) {
		return toQueue(BrokerTopology.DEAD_LETTERS, HeraldJson.write(deadLetter), Map.of());
	}

	/**
	 * A message that could not be read, set aside with the reason.
	 * @param queue the queue it came from
	 */
	public static OutgoingMessage poison(String queue, byte[] body, String reason) {
		String shortened = reason.length() <= 1000 ? reason : reason.substring(0, 1000);
		return toQueue(BrokerTopology.POISON, body, Map.of("herald-queue", queue, "herald-reason", shortened));
	}

	/**
	 * One message that holds what several hold.
	 * @param messages to the same queue, one of {@link BrokerTopology#OF_SEVERAL}
	 */
	static OutgoingMessage joined(List<OutgoingMessage> messages) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.write('[');
		for (OutgoingMessage message : messages) {
			if (body.size() > 1) {
				body.write(',');
			}
			body.writeBytes(message.body);
		}
		body.write(']');
		return toQueue(messages.getFirst().routingKey, body.toByteArray(), Map.of());
	}

	/** Whether it may be {@link #joined} with others to the same queue. */
	boolean mayBeJoined() {
		return exchange.equals(BrokerTopology.DEFAULT_EXCHANGE) && BrokerTopology.OF_SEVERAL.contains(routingKey);
	}

	private static OutgoingMessage job(String exchange, PushJob job) {
		return new OutgoingMessage(exchange,
				BrokerTopology.routingKey(job.device().applicationId(), job.device().provider()),
				job.priority().messagePriority(), HeraldJson.write(job), Map.of());
	}

	private static OutgoingMessage link(String exchange, BroadcastLink link) {
		return new OutgoingMessage(exchange, BrokerTopology.CAMPAIGN_LINKS_KEY, 0, HeraldJson.write(link), Map.of());
	}

	private static OutgoingMessage pair(String exchange, ApplicationId application, TargetedPair pair,
			Map<String, Object> headers) {
		return new OutgoingMessage(exchange, BrokerTopology.targetedKey(application), 0, HeraldJson.write(pair),
				headers);
	}

	private static OutgoingMessage toQueue(String queue, byte[] body, Map<String, Object> headers) {
		return new OutgoingMessage(BrokerTopology.DEFAULT_EXCHANGE, queue, 0, body, headers);
	}

}
