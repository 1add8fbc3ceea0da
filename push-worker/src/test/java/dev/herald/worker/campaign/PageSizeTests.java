package dev.herald.worker.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.device.DevicePageQuery;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageSizeTests {

	private final PageSize size = new PageSize();

	@Test
	void whoIsFastGetsLargerPagesUpToTheLargest() {
		size.learn(200, Duration.ofMillis(10));
		assertThat(size.next()).as("twice at the most").isEqualTo(400);

		for (int i = 0; i < 5; i++) {
			size.learn(size.next(), Duration.ofMillis(10));
		}
		assertThat(size.next()).isEqualTo(DevicePageQuery.MAX_LIMIT);
	}

	@Test
	void whoIsSlowGetsSmallerPagesDownToTheSmallest() {
		size.learn(400, Duration.ofSeconds(1));
		size.learn(400, Duration.ofSeconds(4));
		assertThat(size.next()).as("half at the least").isEqualTo(200);

		for (int i = 0; i < 5; i++) {
			size.learn(size.next(), Duration.ofMinutes(1));
		}
		assertThat(size.next()).isEqualTo(PageSize.SMALLEST);
		size.learn(100, Duration.ofSeconds(1));
		assertThat(size.next()).isEqualTo(100);
	}

	@Test
	void aPageThatTakesASecondIsRight() {
		size.learn(200, Duration.ofSeconds(1));

		assertThat(size.next()).isEqualTo(200);
	}

	@Test
	void theLastPageOfAChainSaysNothing() {
		size.learn(3, Duration.ofSeconds(1));
		size.learn(0, Duration.ofMillis(1));

		assertThat(size.next()).isEqualTo(200);
	}

}
