package dev.herald.api.intake;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.problem.UnknownApplicationException;
import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the configured applications mean for an order. */
final class AddressedApplications {

	private final ApplicationsFile applications;

	private final MeterRegistry meters;

	AddressedApplications(ApplicationsFile applications, MeterRegistry meters) {
		this.applications = applications;
		this.meters = meters;
	}

	/**
	 * Checks an order before anything is looked up for it, against the providers it may
	 * meet: the answer does not depend on which devices the user happens to have.
	 * @throws UnknownApplicationException if its application is not configured
	 * @throws PayloadTooLargeException if one of the providers would refuse it
	 */
	void check(NotificationOrder order) {
		ProviderLimits.check(order.content(), providers(order));
	}

	private Set<Provider> providers(NotificationOrder order) {
		Applications current = applications.current();
		ApplicationId id = order.recipient().applicationId();
		if (id != null) {
			return current.find(id).orElseThrow(() -> new UnknownApplicationException(id)).providers();
		}
		Set<Provider> providers = new TreeSet<>();
		current.all().forEach(application -> providers.addAll(application.providers()));
		return providers;
	}

	/**
	 * Those of the devices whose application is still configured for their provider. The
	 * others have no queue, and must not keep a user from being reached on the rest.
	 */
	List<Device> reachable(List<Device> devices) {
		Applications current = applications.current();
		List<Device> reachable = new ArrayList<>(devices.size());
		for (Device device : devices) {
			if (current.find(device.applicationId())
				.map(Application::providers)
				.orElse(Set.of())
				.contains(device.provider())) {
				reachable.add(device);
			}
			else {
				countSkipped(device);
			}
		}
		return reachable;
	}

	private void countSkipped(Device device) {
		meters
			.counter("herald.devices.skipped", "application", device.applicationId().value(), "provider",
					device.provider().value())
			.increment();
	}

}
