package dev.herald.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each of these would fail, were it not skipped where it has to be. */
class RequiresRealBackendsTests {

	@Test
	@RequiresRealBackends
	void bothAreReal() {
		assertThat(Backends.databaseKind()).isEqualTo(DatabaseKind.MYSQL);
		assertThat(Backends.brokerKind()).isEqualTo(BrokerKind.RABBITMQ);
	}

	@Test
	@RequiresMySql
	void theDatabaseIsReal() {
		assertThat(Backends.databaseKind()).isEqualTo(DatabaseKind.MYSQL);
	}

	@Test
	@RequiresRabbitMq
	void theBrokerIsReal() {
		assertThat(Backends.brokerKind()).isEqualTo(BrokerKind.RABBITMQ);
	}

}
