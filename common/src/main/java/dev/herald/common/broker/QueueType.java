package dev.herald.common.broker;

/** The kind of queue that RabbitMQ keeps everything in. */
public enum QueueType {

	/** Replicated over the nodes of a cluster, by Raft. */
	QUORUM,

	/** On one node. */
	CLASSIC

}
