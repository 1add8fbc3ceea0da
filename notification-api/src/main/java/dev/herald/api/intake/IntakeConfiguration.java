package dev.herald.api.intake;

import dev.herald.api.devices.DeviceDirectory;
import dev.herald.api.idempotency.OnceOnly;
import dev.herald.api.notification.Notifications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.ConfirmedPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

	@Bean
	AddressedApplications addressedApplications(ApplicationsFile applications, MeterRegistry meters) {
		return new AddressedApplications(applications, meters);
	}

	@Bean
	PushJobPublisher pushJobPublisher(ConfirmedPublisher publisher, ExecutorService blockingCalls,
			MeterRegistry meters) {
		return new PushJobPublisher(publisher, blockingCalls, meters);
	}

	@Bean
	NotificationIntake notificationIntake(AddressedApplications applications, DeviceDirectory directory,
			Notifications notifications, PushJobPublisher publisher, OnceOnly requests, Clock clock) {
		return new NotificationIntake(applications, directory, notifications, publisher, requests, clock);
	}

}
