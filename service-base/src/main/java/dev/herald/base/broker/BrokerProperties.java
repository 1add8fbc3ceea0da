package dev.herald.base.broker;

import dev.herald.common.broker.QueueType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Herald uses the broker; where it is, is said by {@code spring.rabbitmq}.
 *
 * @param queueType the kind of every queue; the same in all services, since RabbitMQ
 * refuses to declare a queue twice in different ways
 * @param maxUnconfirmed the most messages that may wait for their publisher confirm; more
 * are refused
 */
@ConfigurationProperties("herald.broker")
public record BrokerProperties(@DefaultValue("quorum") QueueType queueType, @DefaultValue("10000") int maxUnconfirmed) {

	/**
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public BrokerProperties {
		if (maxUnconfirmed < 1) {
			throw new IllegalArgumentException(
					"herald.broker.max-unconfirmed must be positive, but was " + maxUnconfirmed);
		}
	}

}
