package dev.herald.api.delivery;

import dev.herald.base.broker.BatchQueueReader;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.push.DeliveryReport;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

	@Bean
	JdbcDeliveries deliveries(@ApiPool JdbcTemplate api, @WorkerPool JdbcTemplate worker) {
		return new JdbcDeliveries(api, worker);
	}

	@Bean
	JobMeters jobMeters(MeterRegistry meters) {
		return new JobMeters(meters);
	}

	@Bean
	DeliveryReports deliveryReports(JdbcDeliveries deliveries, JobMeters meters) {
		return new DeliveryReports(deliveries, meters);
	}

	@Bean
	BatchQueueReader<DeliveryReport> deliveryReportReader(ConnectionFactory connections, ConfirmedPublisher publisher,
			DeliveryReports reports) {
		return new BatchQueueReader<>(connections, publisher, BrokerTopology.DELIVERY_REPORTS, DeliveryReport.class,
				DeliveryReports.BATCH_SIZE, reports::take);
	}

}
