package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

/** The rate against a simulated second hand, with more to send than it lets through. */
class SendRateTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final ManualTime time = new ManualTime();

	@ParameterizedTest
	@CsvSource({ "600000,1,600000", "600000,4,150000", "6000,3,2000", "60,1,60", "10,1,10", "10,5,2", "1,1,1" })
	void aQuotaIsSharedEvenlyByItsWorkers(int perMinute, int workers, int expected) {
		SendRate rate = new SendRate(perMinute, time);
		rate.sharedBy(workers);

		send(rate, MINUTE, null);
		int sent = send(rate, MINUTE, null);

		assertThat(sent).isCloseTo(expected, Percentage.withPercentage(1));
	}

	@Test
	void aPauseIsNotMadeUpFor() {
		SendRate rate = new SendRate(6000, time);
		time.advance(Duration.ofHours(1));

		int atOnce = 0;
		while (rate.tryTake() == 0) {
			atOnce++;
		}

		assertThat(atOnce).as("a tenth of a second's worth").isEqualTo(10);
	}

	@Test
	void noConsumerYetCountsAsOurselves() {
		SendRate rate = new SendRate(600, time);
		rate.sharedBy(0);

		assertThat(rate.perSecond()).isEqualTo(10);
	}

	@Test
	void whatHasNoQuotaIsNotHeld() {
		SendRate rate = new SendRate(null, time);
		rate.sharedBy(7);

		assertThat(rate.perSecond()).isInfinite();
	}

	@Test
	void eachSecondOfRefusalsHalvesTheRateDownToOneASecond() {
		SendRate rate = new SendRate(600_000, time);
		send(rate, Duration.ofSeconds(3), null);

		rate.refused(MINUTE);
		assertThat(rate.perSecond()).isCloseTo(5000, Percentage.withPercentage(5));
		rate.refused(MINUTE);
		assertThat(rate.perSecond()).as("once a second").isCloseTo(5000, Percentage.withPercentage(5));
		int storm = send(rate, MINUTE, MINUTE);

		assertThat(rate.perSecond()).isEqualTo(1);
		assertThat(storm).as("pushes that are refused in the first minute").isLessThan(12_000);
		assertThat(send(rate, MINUTE, MINUTE)).as("in each further minute").isLessThanOrEqualTo(61);
	}

	@Test
	void theProviderIsLeftAloneForAsLongAsItAskedAndThenTheRateGrowsBackEvenly() {
		SendRate rate = new SendRate(600_000, time);
		send(rate, Duration.ofSeconds(3), null);
		rate.refused(null);

		send(rate, Duration.ofSeconds(59), null);
		assertThat(rate.perSecond()).as("within the minute").isCloseTo(5000, Percentage.withPercentage(5));
		send(rate, Duration.ofSeconds(16), null);
		assertThat(rate.perSecond()).isCloseTo(7500, Percentage.withPercentage(10));
		send(rate, Duration.ofSeconds(20), null);
		assertThat(rate.perSecond()).as("its quota holds it still").isEqualTo(10_000);
		send(rate, Duration.ofSeconds(70), null);
		assertThat(rate.perSecond()).isEqualTo(10_000);
	}

	@Test
	void whoIsHeldByNothingElseIsFreeAgainMinutesLater() {
		SendRate rate = new SendRate(null, time);
		send(rate, Duration.ofSeconds(2), null);
		rate.refused(Duration.ofSeconds(5));
		assertThat(rate.perSecond()).isFinite();

		time.advance(Duration.ofSeconds(126));
		send(rate, Duration.ofSeconds(1), null);

		assertThat(rate.perSecond()).isInfinite();
	}

	@Test
	void aLaneThatSentLittleFindsItsSpeedWithinMinutesToo() {
		SendRate rate = new SendRate(null, time);
		rate.tryTake();
		rate.refused(Duration.ofSeconds(1));
		assertThat(rate.perSecond()).isEqualTo(1);

		time.advance(Duration.ofSeconds(31));
		rate.sharedBy(1);

		assertThat(rate.perSecond()).isCloseTo(31, Percentage.withPercentage(1));
	}

	/**
	 * @param refusedWith what every push is refused with, or null if all are taken
	 */
	private int send(SendRate rate, Duration during, @Nullable Duration refusedWith) {
		long until = time.currentTimeNanos() + during.toNanos();
		int sent = 0;
		while (time.currentTimeNanos() < until) {
			long wait = rate.tryTake();
			if (wait == 0) {
				sent++;
				if (refusedWith != null) {
					rate.refused(refusedWith);
				}
			}
			time.advance(Duration.ofNanos(Math.min(Math.max(wait, 1), until - time.currentTimeNanos())));
		}
		return sent;
	}

}
