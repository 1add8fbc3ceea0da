package dev.herald.tokenstore.lookup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.device.RegistrationLookup;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same look-ups on both pools. */
@Configuration(proxyBeanMethods = false)
class LookupConfiguration {

	@Bean
	@ApiPool
	DeviceFinder notificationDeviceFinder(@ApiPool JdbcClient jdbc, ApplicationsFile applications) {
		return new DeviceFinder(new DeviceSelects(jdbc), applications);
	}

	@Bean
	@WorkerPool
	DeviceFinder campaignDeviceFinder(@WorkerPool JdbcClient jdbc, ApplicationsFile applications) {
		return new DeviceFinder(new DeviceSelects(jdbc), applications);
	}

	/**
	 * Callers from outside are told of a field they misspelt; Herald's own services may
	 * be a version ahead of this one during a rolling upgrade.
	 */
	@Bean
	JsonMapperBuilderCustomizer unknownFieldsFromOtherVersions() {
		return mapper -> mapper.addMixIn(DeviceLookup.class, FromAnotherVersion.class)
			.addMixIn(DeviceQuery.class, FromAnotherVersion.class)
			.addMixIn(RegistrationLookup.class, FromAnotherVersion.class);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private interface FromAnotherVersion {

	}

}
