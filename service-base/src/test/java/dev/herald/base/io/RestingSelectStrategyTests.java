package dev.herald.base.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

class RestingSelectStrategyTests {

	private final SelectStrategy strategy = RestingSelectStrategy.newFactory().newSelectStrategy();

	private int looks;

	@Test
	void whatIsToBeRunIsNotKeptWaiting() throws Exception {
		long began = System.nanoTime();
		for (int round = 0; round < 1000; round++) {
			assertThat(round(0, true)).isZero();
		}

		assertThat(System.nanoTime() - began).isLessThan(1000 * RestingSelectStrategy.REST.toNanos());
	}

	@Test
	void whoeverHasNothingToDoRestsAndLooksAgain() throws Exception {
		long began = System.nanoTime();

		assertThat(round(3, false)).isEqualTo(3);
		assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(RestingSelectStrategy.REST.toNanos());
	}

	@Test
	void whoeverFindsNothingAfterARestWaits() throws Exception {
		assertThat(round(0, false)).isZero();
		assertThat(round(0, false)).isEqualTo(SelectStrategy.SELECT);
		assertThat(looks).isEqualTo(1);
	}

	@Test
	void whoeverFindsSomethingRestsAgainAfterwards() throws Exception {
		assertThat(round(1, false)).isOne();
		assertThat(round(2, false)).isEqualTo(2);
	}

	@Test
	void whoeverWasWokenRestsAfterwards() throws Exception {
		round(0, false);
		assertThat(round(0, false)).isEqualTo(SelectStrategy.SELECT);

		assertThat(round(4, false)).isEqualTo(4);
	}

	private int round(int ready, boolean hasTasks) throws Exception {
		return strategy.calculateStrategy(() -> {
			looks++;
			return ready;
		}, hasTasks);
	}

}
