package dev.herald.api.notification;

import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class NotificationsConfiguration {

	@Bean
	Notifications notifications(@ApiPool JdbcTemplate api, @WorkerPool JdbcTemplate worker,
			ExecutorService blockingCalls) {
		return new JdbcNotifications(api, worker, blockingCalls);
	}

}
