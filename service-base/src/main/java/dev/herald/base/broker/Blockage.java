package dev.herald.base.broker;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the broker has stopped reading from one connection (RabbitMQ, <em>Blocked
 * Connection Notifications</em>). It says so once, and not again to a channel opened
 * later: the knowledge belongs to the connection.
 */
final class Blockage implements BlockedListener {

	private static final Logger log = LoggerFactory.getLogger(Blockage.class);

	private final Connection connection;

	private volatile @Nullable String reason;

	private Blockage(Connection connection) {
		this.connection = connection;
	}

	static Blockage of(Connection connection) {
		Blockage blockage = new Blockage(connection);
		connection.addBlockedListener(blockage);
		return blockage;
	}

	boolean isOf(Connection other) {
		return connection == other;
	}

	/** The broker's reason, or null while it takes messages. */
	@Nullable String reason() {
		return reason;
	}

	@Override
	public void handleBlocked(String why) {
		log.warn("The broker blocks publishers: {}", why);
		reason = why;
	}

	@Override
	public void handleUnblocked() {
		log.info("The broker takes messages again");
		reason = null;
	}

}
