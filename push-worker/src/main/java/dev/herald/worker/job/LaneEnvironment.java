package dev.herald.worker.job;

import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.worker.push.PushServices;
import dev.herald.worker.registration.RegistrationCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * What all lanes work with.
 *
 * @param connections where the channels to consume on come from
 * @param executor its threads may block
 */
record LaneEnvironment(WorkerProperties properties, PushServices services, RegistrationCheck registrations,
		OutcomeHandler outcomes, ConnectionFactory connections, ConfirmedPublisher publisher, MeterRegistry meters,
		Executor executor, Clock clock) {
}
