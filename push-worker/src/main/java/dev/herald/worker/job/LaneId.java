package dev.herald.worker.job;

import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.PushJob;

/** One application with one provider: what shares nothing with any other. */
record LaneId(ApplicationId application, Provider provider) {

	/** The queue it is fed from. */
	String queue() {
		return BrokerTopology.jobQueueName(application, provider);
	}

	/** Whether a job is for it. */
	boolean takes(PushJob job) {
		return job.device().applicationId().equals(application) && job.device().provider() == provider;
	}

	@Override
	public String toString() {
		return BrokerTopology.routingKey(application, provider);
	}

}
