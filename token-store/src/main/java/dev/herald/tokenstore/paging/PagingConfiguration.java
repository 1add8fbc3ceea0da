package dev.herald.tokenstore.paging;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.herald.base.database.WorkerPool;
import dev.herald.common.device.DeviceFilter;
import dev.herald.common.device.DevicePageQuery;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PagingConfiguration {

	@Bean
	DevicePages devicePages(@WorkerPool JdbcClient jdbc) {
		return new DevicePages(new PageSelects(jdbc));
	}

	/** Services may be a version ahead of this one during a rolling upgrade. */
	@Bean
	JsonMapperBuilderCustomizer unknownFieldsOfLaterPageQueries() {
		return mapper -> mapper.addMixIn(DevicePageQuery.class, FromAnotherVersion.class)
			.addMixIn(DeviceFilter.class, FromAnotherVersion.class);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private interface FromAnotherVersion {

	}

}
