package dev.herald.base.database;

import dev.herald.base.problem.Problems;
import dev.herald.base.security.AccessRules;
import dev.herald.base.security.ApiKeySecurity;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service with a database, open to everyone. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ ApiKeySecurity.class, Problems.class, DatabasePools.class })
class DatabaseService {

	@Bean
	AccessRules accessRules() {
		return requests -> requests.requestMatchers("/rows/**", "/actuator/**").permitAll();
	}

	@RestController
	static class Rows {

		private final JdbcClient api;

		private final TransactionTemplate transactions;

		Rows(@ApiPool JdbcClient api, @ApiPool TransactionTemplate transactions) {
			this.api = api;
			this.transactions = transactions;
		}

		@GetMapping("/rows")
		int rows() {
			return api.sql("SELECT 1").query(Integer.class).single();
		}

		@GetMapping("/rows/in-a-transaction")
		Integer rowsInATransaction() {
			return transactions.execute(status -> rows());
		}

	}

}
