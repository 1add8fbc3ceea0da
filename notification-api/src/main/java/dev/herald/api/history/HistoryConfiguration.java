package dev.herald.api.history;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.devices.DeviceDirectory;
import dev.herald.api.notification.Notifications;
import dev.herald.base.database.ApiPool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

	@Bean
	Broadcasts sentBroadcasts(@ApiPool JdbcTemplate api) {
		return new JdbcBroadcasts(api);
	}

	@Bean
	Past past(Notifications notifications, Deliveries deliveries, Broadcasts broadcasts, DeviceDirectory directory) {
		return new Past(notifications, deliveries, new PastBroadcasts(broadcasts, deliveries), directory);
	}

}
