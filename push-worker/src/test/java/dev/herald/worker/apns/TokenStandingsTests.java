package dev.herald.worker.apns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.DeviceToken;
import dev.herald.worker.push.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenStandingsTests {

	private final MutableClock clock = new MutableClock();

	private final TokenStandings standings = new TokenStandings(clock);

	@Test
	void aRefusedTokenIsToBlameWhileOthersAreAccepted() {
		standings.accepted();

		assertThat(standings.refused(token(1))).isEqualTo(TokenStanding.ACCEPTED);
	}

	@Test
	void anAcceptanceOfLongAgoShowsNothing() {
		standings.accepted();
		clock.advance(TokenStandings.ACCEPTANCE_COUNTS_FOR);

		assertThat(standings.refused(token(1))).isEqualTo(TokenStanding.UNKNOWN);
	}

	@Test
	void manyDifferentTokensRefusedInARowConvictTheApplication() {
		for (int i = 1; i < TokenStandings.REFUSALS_THAT_CONVICT; i++) {
			assertThat(standings.refused(token(i))).isEqualTo(TokenStanding.UNKNOWN);
		}

		assertThat(standings.refused(token(99))).isEqualTo(TokenStanding.REFUSED);
	}

	@Test
	void oneTokenRefusedOftenConvictsNobody() {
		for (int i = 0; i < 100; i++) {
			assertThat(standings.refused(token(1))).isEqualTo(TokenStanding.UNKNOWN);
		}
	}

	@Test
	void anAcceptanceAcquitsTheApplication() {
		for (int i = 0; i < TokenStandings.REFUSALS_THAT_CONVICT; i++) {
			standings.refused(token(i));
		}

		standings.accepted();
		clock.advance(TokenStandings.ACCEPTANCE_COUNTS_FOR.plus(Duration.ofSeconds(1)));

		assertThat(standings.refused(token(1))).isEqualTo(TokenStanding.UNKNOWN);
	}

	private static DeviceToken token(int number) {
		return new DeviceToken("%064x".formatted(number));
	}

}
