package dev.herald.base.broker;

import com.rabbitmq.client.Channel;
import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.broker.BrokerExchange;
import dev.herald.common.broker.BrokerQueue;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.identity.Provider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;

/**
 * Declares every exchange and queue, on each new connection and for each new application,
 * so that neither a broker that came up empty nor a new application needs a restart of
 * anything. Queues are never deleted: jobs of an application that was taken out of the
 * file stay until it comes back.
 */
final class BrokerDeclarations implements ConnectionListener {

	private static final Logger log = LoggerFactory.getLogger(BrokerDeclarations.class);

	private final BrokerTopology topology;

	private final ApplicationsFile applications;

	private final ConnectionFactory connections;

	BrokerDeclarations(BrokerTopology topology, ApplicationsFile applications, ConnectionFactory connections) {
		this.topology = topology;
		this.applications = applications;
		this.connections = connections;
	}

	void register() {
		connections.addConnectionListener(this);
		applications.onChange(this::declareNow);
	}

	@Override
	public void onCreate(@Nullable Connection connection) {
		if (connection != null) {
			declare(connection, applications.current());
		}
	}

	private void declareNow(Applications changed) {
		try {
			declare(connections.createConnection(), changed);
		}
		catch (AmqpException ex) {
			log.info("The broker is away; queues are declared once it is back");
		}
	}

	private void declare(Connection connection, Applications declared) {
		try (Declaring declaring = new Declaring(connection)) {
			for (BrokerExchange exchange : topology.exchanges()) {
				declaring.run("exchange " + exchange.name(),
						channel -> channel.exchangeDeclare(exchange.name(), exchange.type(), true));
			}
			for (BrokerQueue queue : queues(declared)) {
				declaring.run("queue " + queue.name(), channel -> declare(channel, queue));
			}
		}
	}

	private static void declare(Channel channel, BrokerQueue queue) throws IOException {
		channel.queueDeclare(queue.name(), true, false, false, queue.arguments());
		BrokerQueue.Binding binding = queue.binding();
		if (binding != null) {
			channel.queueBind(queue.name(), binding.exchange(), binding.routingKey());
		}
	}

	private List<BrokerQueue> queues(Applications declared) {
		List<BrokerQueue> queues = new ArrayList<>(topology.sharedQueues());
		for (Application application : declared.all()) {
			queues.add(topology.targetedQueue(application.id()));
			for (Provider provider : application.providers()) {
				queues.add(topology.jobQueue(application.id(), provider));
			}
		}
		return queues;
	}

}
