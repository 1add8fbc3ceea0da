package dev.herald.common.broker;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names and arguments of every exchange and queue. Publishers and consumers both
 * declare from here, since RabbitMQ refuses a second declaration that differs from the
 * first. Immutable.
 *
 * <p>
 * No queue has a length limit: a limit that rejects would lose messages that come back
 * from a delay queue, and publishers are held by the broker's memory and disk alarms
 * instead.
 *
 * @param queueType the kind of every queue
 */
public record BrokerTopology(QueueType queueType) {

	/** The direct exchange that job queues are bound to. */
	public static final String PUSH_EXCHANGE = "push";

	/** The queue of {@link dev.herald.common.push.DeadLetter dead letters}. */
	public static final String DEAD_LETTERS = "push.dead";

	/** The queue of {@link dev.herald.common.push.DeliveryReport delivery reports}. */
	public static final String DELIVERY_REPORTS = "delivery.reports";

	/**
	 * The queue of {@link dev.herald.common.push.TokenInvalidation token invalidations}.
	 */
	public static final String TOKEN_INVALIDATIONS = "token.invalidations";

	/** The queue of messages that could not be read, whatever queue they came from. */
	public static final String POISON = "poison";

	/** The queue of {@link dev.herald.common.campaign.BroadcastLink links}. */
	public static final String CAMPAIGN_LINKS = "campaign.links";

	/**
	 * The queue of {@link dev.herald.common.push.DeliveryReport delivery reports} of
	 * campaigns, apart from the others lest these wait behind a million.
	 */
	public static final String CAMPAIGN_REPORTS = "campaign.reports";

	/** The queue of {@link dev.herald.common.campaign.PairReport pair reports}. */
	public static final String CAMPAIGN_PAIRS = "campaign.pairs";

	/**
	 * The queues whose messages may hold several reports, as a JSON array: one report is
	 * small, and a message costs the broker the same whatever it holds.
	 */
	public static final Set<String> OF_SEVERAL = Set.of(DELIVERY_REPORTS, CAMPAIGN_REPORTS, CAMPAIGN_PAIRS);

	/**
	 * The exchange a link is published to, with the routing key
	 * {@link #CAMPAIGN_LINKS_KEY}, in order to wait a tenth of a second.
	 */
	public static final String CAMPAIGN_WAIT = "campaign.wait";

	/**
	 * The routing key of links on {@link #PUSH_EXCHANGE}, and on their way through a
	 * delay. Its colon keeps it apart from those of jobs.
	 */
	public static final String CAMPAIGN_LINKS_KEY = "campaign:links";

	/** The default exchange, which routes by the queue's name. */
	public static final String DEFAULT_EXCHANGE = "";

	/** The routing key of the jobs of one application and provider. */
	public static String routingKey(ApplicationId application, Provider provider) {
		return application.value() + "." + provider.value();
	}

	/** The name of the job queue of one application and provider. */
	public static String jobQueueName(ApplicationId application, Provider provider) {
		return "push." + routingKey(application, provider);
	}

	/**
	 * The job queue of one application and provider:
	 * {@code push.<application>.<provider>}.
	 */
	public BrokerQueue jobQueue(ApplicationId application, Provider provider) {
		Map<String, Object> arguments = switch (queueType) {
			case QUORUM -> quorum(Map.of());
			// One level above normal is all that PushPriority needs; every level costs
			// RabbitMQ a process.
			case CLASSIC -> classic(Map.of("x-max-priority", 1));
		};
		return new BrokerQueue(jobQueueName(application, provider), arguments,
				new BrokerQueue.Binding(PUSH_EXCHANGE, routingKey(application, provider)));
	}

	/**
	 * The routing key of the pairs of one application, on {@link #PUSH_EXCHANGE} and on
	 * their way through a delay. Its colon keeps it apart from those of jobs.
	 */
	public static String targetedKey(ApplicationId application) {
		return "targeted:" + application.value();
	}

	/** The name of the queue of one application's pairs. */
	public static String targetedQueueName(ApplicationId application) {
		return "targeted." + application.value();
	}

	/**
	 * The queue of one application's {@link dev.herald.common.campaign.TargetedPair
	 * pairs}: {@code targeted.<application>}, where an external system publishes them.
	 */
	public BrokerQueue targetedQueue(ApplicationId application) {
		return new BrokerQueue(targetedQueueName(application), plain(Map.of()),
				new BrokerQueue.Binding(PUSH_EXCHANGE, targetedKey(application)));
	}

	/** Every exchange. */
	public List<BrokerExchange> exchanges() {
		Stream<BrokerExchange> delays = Stream.of(RetryDelay.values())
			.map(delay -> new BrokerExchange(delay.exchange(), "fanout"));
		Stream<BrokerExchange> others = Stream.of(new BrokerExchange(PUSH_EXCHANGE, "direct"),
				new BrokerExchange(CAMPAIGN_WAIT, "fanout"));
		return Stream.concat(others, delays).toList();
	}

	/**
	 * Every queue that is there whatever the applications: delays, dead letters, reports,
	 * invalidations, poison, and those of campaigns.
	 */
	public List<BrokerQueue> sharedQueues() {
		List<BrokerQueue> queues = new ArrayList<>();
		for (RetryDelay delay : RetryDelay.values()) {
			queues.add(delayQueue(delay.exchange(), delay.duration()));
		}
		queues.add(delayQueue(CAMPAIGN_WAIT, Duration.ofMillis(100)));
		queues.add(new BrokerQueue(CAMPAIGN_LINKS, plain(Map.of()),
				new BrokerQueue.Binding(PUSH_EXCHANGE, CAMPAIGN_LINKS_KEY)));
		for (String name : List.of(DEAD_LETTERS, DELIVERY_REPORTS, TOKEN_INVALIDATIONS, POISON, CAMPAIGN_REPORTS,
				CAMPAIGN_PAIRS)) {
			queues.add(new BrokerQueue(name, plain(Map.of()), null));
		}
		return List.copyOf(queues);
	}

	/** A queue whose messages wait; it has the name of the exchange that feeds it. */
	private BrokerQueue delayQueue(String name, Duration delay) {
		// No dead-letter routing key: the message keeps its own and so returns to the
		// queue it came from.
		Map<String, Object> arguments = Map.of("x-message-ttl", delay.toMillis(), "x-dead-letter-exchange",
				PUSH_EXCHANGE);
		Map<String, Object> kept = switch (queueType) {
			// Dead-lettering loses messages when the target does not confirm, unless it
			// is told otherwise; that needs reject-publish (RabbitMQ, Quorum Queues,
			// "Activating at-least-once
			// dead-lettering").
			case QUORUM ->
				with(arguments, Map.of("x-dead-letter-strategy", "at-least-once", "x-overflow", "reject-publish"));
			case CLASSIC -> arguments;
		};
		return new BrokerQueue(name, plain(kept), new BrokerQueue.Binding(name, ""));
	}

	private Map<String, Object> plain(Map<String, Object> arguments) {
		return switch (queueType) {
			case QUORUM -> quorum(arguments);
			case CLASSIC -> classic(arguments);
		};
	}

	private static Map<String, Object> classic(Map<String, Object> arguments) {
		// Said aloud: a virtual host may have another type as its default.
		return with(arguments, Map.of("x-queue-type", "classic"));
	}

	private static Map<String, Object> quorum(Map<String, Object> arguments) {
		// RabbitMQ 4 drops a message after 20 returns unless told otherwise, and every
		// stopped consumer returns what it
		// held: Herald counts attempts in the job instead.
		return with(arguments, Map.of("x-queue-type", "quorum", "x-delivery-limit", -1));
	}

	private static Map<String, Object> with(Map<String, Object> first, Map<String, Object> second) {
		Map<String, Object> all = new HashMap<>(first);
		all.putAll(second);
		return all;
	}

}
