package dev.herald.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import dev.herald.common.broker.BrokerQueue;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.broker.QueueType;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Where a job goes: the names that every publish and every credit needs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Routing {

	private final BrokerTopology topology = new BrokerTopology(QueueType.QUORUM);

	private final ApplicationId application = new ApplicationId("com.acme.rider");

	/** What a publisher needs for each job. */
	@Benchmark
	public String routingKey() {
		return BrokerTopology.routingKey(application, Provider.FCM);
	}

	/** What a link's credit needs. */
	@Benchmark
	public String jobQueueName() {
		return BrokerTopology.jobQueueName(application, Provider.FCM);
	}

	/** What a declaration needs. */
	@Benchmark
	public BrokerQueue jobQueue() {
		return topology.jobQueue(application, Provider.FCM);
	}

}
