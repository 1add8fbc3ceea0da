package dev.herald.api.campaign;

import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class CampaignConfiguration {

	@Bean
	@Primary
	@ApiPool
	Campaigns campaignsOfTheApi(@ApiPool JdbcTemplate api, @ApiPool TransactionTemplate transactions) {
		return new JdbcCampaigns(api, transactions);
	}

	@Bean
	@WorkerPool
	Campaigns campaignsOfWorkers(@WorkerPool JdbcTemplate worker, @WorkerPool TransactionTemplate transactions) {
		return new JdbcCampaigns(worker, transactions);
	}

}
