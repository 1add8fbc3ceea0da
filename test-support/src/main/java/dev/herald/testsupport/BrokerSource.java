package dev.herald.testsupport;

/** Where test brokers come from. */
interface BrokerSource {

	BrokerKind kind();

	/** What it is and how it is had, for the line that tests begin with. */
	String description();

	/** A fresh virtual host on the shared server, which is started if need be. */
	TestBroker open();

	/** A broker that can be taken away. */
	PrivateBroker openPrivate();

	/** A server to measure on. */
	BrokerServer openServer();

}
