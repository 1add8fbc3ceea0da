package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GivingWayTests {

	private static final Duration USUAL = Duration.ofMillis(20);

	private long now = 1_000;

	private final GivingWay givingWay = new GivingWay(() -> now);

	@Test
	void whereNobodyAsksThereIsNoLimit() {
		assertThat(givingWay.perSecond()).isInfinite();
		requests(Duration.ofSeconds(20), 0.5, USUAL);
		assertThat(givingWay.perSecond()).as("an operator who looks now and then").isInfinite();
	}

	@Test
	void itBeginsGentlyBesideRequestsAndGrowsWhileTheyTakeNoLonger() {
		requests(Duration.ofSeconds(10), 50, USUAL);

		assertThat(givingWay.perSecond()).isEqualTo(GivingWay.GENTLE);
		broadcast(Duration.ofSeconds(5), 50, USUAL);
		double grown = givingWay.perSecond();
		broadcast(Duration.ofSeconds(30), 50, USUAL);

		assertThat(grown).isBetween(2 * GivingWay.GENTLE, 3 * GivingWay.GENTLE);
		assertThat(givingWay.perSecond()).isInfinite();
	}

	@Test
	void itIsHalvedWhileRequestsTakeLongerAndNeverStops() {
		requests(Duration.ofSeconds(10), 50, USUAL);
		broadcast(Duration.ofSeconds(10), 50, USUAL);
		double grown = givingWay.perSecond();

		broadcast(Duration.ofMillis(500), 50, USUAL.multipliedBy(2));
		assertThat(givingWay.perSecond()).isBetween(grown / 3, grown);
		broadcast(Duration.ofSeconds(20), 50, USUAL.multipliedBy(2));
		assertThat(givingWay.perSecond()).isEqualTo(GivingWay.LEAST);
		broadcast(Duration.ofSeconds(5), 50, USUAL);
		assertThat(givingWay.perSecond()).as("grows again").isGreaterThan(GivingWay.LEAST);
	}

	@Test
	void itStaysWhereOneAnswerInTwoHundredIsLate() {
		requests(Duration.ofSeconds(10), 50, USUAL);
		givingWay.perSecond();

		broadcastWithOneLate(20, Duration.ofMillis(3980), USUAL.multipliedBy(2));

		assertThat(givingWay.perSecond()).isBetween(0.7 * GivingWay.GENTLE, 1.4 * GivingWay.GENTLE);
	}

	@Test
	void itFallsWhereOneInTenIsLateThoughOthersTakeNoLonger() {
		requests(Duration.ofSeconds(10), 50, USUAL);
		givingWay.perSecond();

		broadcastWithOneLate(10, Duration.ofMillis(180), USUAL.multipliedBy(2));

		assertThat(givingWay.perSecond()).isEqualTo(GivingWay.LEAST);
	}

	@Test
	void noBroadcastIsToBlameForThoseThatTakeLongerAnyway() {
		for (int i = 0; i < 60; i++) {
			requests(Duration.ofMillis(480), 50, USUAL);
			requests(Duration.ofMillis(20), 50, USUAL.multipliedBy(3));
		}
		givingWay.perSecond();

		broadcastWithOneLate(20, Duration.ofMillis(480), USUAL.multipliedBy(3));

		assertThat(givingWay.perSecond()).isGreaterThan(3 * GivingWay.GENTLE);
	}

	@Test
	void oneLateAnswerSaysTheSameHoweverLateItIs() {
		requests(Duration.ofSeconds(10), 50, USUAL);
		givingWay.perSecond();
		broadcast(Duration.ofSeconds(2), 50, USUAL);
		double grown = givingWay.perSecond();

		givingWay.answered("GET", Duration.ofSeconds(30));
		broadcast(Duration.ofSeconds(4), 50, USUAL);

		assertThat(givingWay.perSecond()).isGreaterThan(grown);
	}

	@Test
	void requestsOfOneKindAreNotComparedWithThoseOfAnother() {
		requests(Duration.ofSeconds(10), 50, USUAL);
		for (int i = 0; i < 100; i++) {
			givingWay.answered("POST", USUAL.multipliedBy(10));
		}
		givingWay.perSecond();

		for (int i = 0; i < 50; i++) {
			pass(Duration.ofMillis(20));
			givingWay.answered("POST", USUAL.multipliedBy(10));
		}

		assertThat(givingWay.perSecond()).isGreaterThan(GivingWay.GENTLE);
	}

	@Test
	void whatIsUsualIsLearnedAnewWhenTheBroadcastIsOver() {
		requests(Duration.ofSeconds(10), 50, USUAL);
		givingWay.perSecond();
		pass(Duration.ofSeconds(10));
		requests(Duration.ofSeconds(20), 50, USUAL.multipliedBy(3));

		assertThat(givingWay.perSecond()).as("begins anew").isEqualTo(GivingWay.GENTLE);
		broadcast(Duration.ofSeconds(5), 50, USUAL.multipliedBy(3));

		assertThat(givingWay.perSecond()).isGreaterThan(GivingWay.GENTLE);
	}

	@Test
	void whenTheRequestsEndTheLimitDoes() {
		requests(Duration.ofSeconds(10), 50, USUAL);
		givingWay.perSecond();
		broadcast(Duration.ofSeconds(10), 50, USUAL.multipliedBy(2));

		for (int second = 0; second < 120; second++) {
			pass(Duration.ofSeconds(1));
			givingWay.perSecond();
		}

		assertThat(givingWay.perSecond()).isInfinite();
		assertThat(givingWay.limit()).isInfinite();
	}

	/** Requests without a broadcast. */
	private void requests(Duration time, double perSecond, Duration took) {
		for (int i = 0; i < time.toMillis() * perSecond / 1000; i++) {
			pass(Duration.ofNanos((long) (1e9 / perSecond)));
			givingWay.answered("GET", took);
		}
	}

	/** Requests beside a broadcast that claims a page for each of them. */
	private void broadcast(Duration time, double perSecond, Duration took) {
		for (int i = 0; i < time.toMillis() * perSecond / 1000; i++) {
			pass(Duration.ofNanos((long) (1e9 / perSecond)));
			givingWay.answered("GET", took);
			givingWay.perSecond();
		}
	}

	/** Again and again 50 requests a second, and one that is late. */
	private void broadcastWithOneLate(int times, Duration before, Duration late) {
		for (int i = 0; i < times; i++) {
			broadcast(before, 50, USUAL);
			broadcast(Duration.ofMillis(20), 50, late);
		}
	}

	private void pass(Duration time) {
		now += time.toNanos();
	}

}
