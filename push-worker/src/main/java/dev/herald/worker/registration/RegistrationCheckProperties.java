package dev.herald.worker.registration;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a job's device is looked up again.
 *
 * @param registrationCheckAfter how long ago a device may have been seen to be registered
 * when it is sent to; zero looks up every job
 */
@ConfigurationProperties("herald.worker")
record RegistrationCheckProperties(@DefaultValue("10s") Duration registrationCheckAfter) {

	/**
	 * @throws IllegalArgumentException if the duration is negative
	 */
	RegistrationCheckProperties {
		if (registrationCheckAfter.isNegative()) {
			throw new IllegalArgumentException(
					"herald.worker.registration-check-after must not be negative, but was " + registrationCheckAfter);
		}
	}

}
