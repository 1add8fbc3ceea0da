package dev.herald.tokenstore.registration;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Counts logins and logouts, once each is committed. */
final class RegistrationMetrics {

	private final MeterProvider<Counter> registered;

	private final MeterProvider<Counter> loggedOut;

	RegistrationMetrics(MeterRegistry registry) {
		this.registered = Counter.builder("herald.devices.registered")
			.description("Registrations, by what they did: a new device, a refreshed one, one moved from another login")
			.withRegistry(registry);
		this.loggedOut = Counter.builder("herald.devices.logged.out")
			.description("Logins that a logout has ended")
			.withRegistry(registry);
	}

	void registered(Registered result) {
		Device device = result.device().device();
		registered
			.withTags(Tags.of("application", device.applicationId().value(), "provider", device.provider().value(),
					"kind", result.kind().value()))
			.increment();
	}

	void loggedOut(ApplicationId application, int count) {
		// Without the condition any name in a header would become a time series.
		if (count > 0) {
			loggedOut.withTag("application", application.value()).increment(count);
		}
	}

}
