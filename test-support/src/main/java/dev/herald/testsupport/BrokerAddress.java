package dev.herald.testsupport;

import com.rabbitmq.client.ConnectionFactory;

/** Where a broker listens, and for whom. */
record BrokerAddress(String host, int port, String username, String password) {

	ConnectionFactory connectionFactory() {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(host);
		factory.setPort(port);
		factory.setUsername(username);
		factory.setPassword(password);
		factory.setAutomaticRecoveryEnabled(false);
		factory.setConnectionTimeout(5_000);
		factory.setHandshakeTimeout(10_000);
		return factory;
	}

	BrokerAddress at(String otherHost, int otherPort) {
		return new BrokerAddress(otherHost, otherPort, username, password);
	}

	@Override
	public String toString() {
		return username + "@" + host + ":" + port;
	}

}
