package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.worker.apns.ApnsVerdicts;
import dev.herald.worker.fcm.FcmVerdicts;
import dev.herald.worker.push.Jobs;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A provider is out for a day, while jobs keep coming. */
class DayLongOutageTests {

	private static final Duration OUTAGE = Duration.ofHours(24);

	private static final Duration BETWEEN_JOBS = Duration.ofSeconds(20);

	private static final List<Duration> TIMES_TO_LIVE = List.of(Duration.ofSeconds(30), Duration.ofMinutes(5),
			Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofDays(1), Duration.ofDays(28));

	private static final Duration GIVEN_UP_AFTER = RetryPolicy.DEFAULT.giveUpAfter();

	private final Map<RegistrationId, PushJob> jobs = new HashMap<>();

	@ParameterizedTest
	@EnumSource
	void everyJobEndsOnceAsItShould(Trouble trouble) {
		OutageSimulation simulation = out(trouble);
		Instant over = simulation.start().plus(OUTAGE);
		for (Instant at = simulation.start(); at.isBefore(over); at = at.plus(BETWEEN_JOBS)) {
			Duration timeToLive = TIMES_TO_LIVE.get(jobs.size() % TIMES_TO_LIVE.size());
			send(simulation, trouble.provider, at, at.plus(timeToLive));
		}

		simulation.run();

		assertThat(simulation.reports).as("the books balance").hasSameSizeAs(jobs.keySet());
		Map<RegistrationId, DeliveryReport> reports = simulation.reports.stream()
			.collect(Collectors.toMap(DeliveryReport::registrationId, Function.identity()));
		Map<RegistrationId, DeadLetter> deadLetters = simulation.deadLetters.stream()
			.collect(Collectors.toMap(letter -> letter.job().device().registrationId(), Function.identity()));
		reports.forEach((id, report) -> {
			assertThat(report.attempts()).isBetween(1, RetryPolicy.DEFAULT.maxAttempts());
			assertThat(deadLetters.containsKey(id)).isEqualTo(report.outcome() == DeliveryOutcome.DEAD_LETTERED);
			check(report, Objects.requireNonNull(jobs.get(id)), Objects.requireNonNull(simulation.firstTries.get(id)),
					over);
		});
		deadLetters.values().forEach(letter -> {
			RegistrationId id = letter.job().device().registrationId();
			assertThat(letter.lastAnswer()).contains(trouble.lastAnswer);
			assertThat(letter.limit()).isIn("10 attempts", "60 minutes");
			assertThat(letter.firstTriedAt()).isEqualTo(simulation.firstTries.get(id));
			assertThat(letter.job().attempt()).isEqualTo(simulation.calls.get(id));
			assertThat(letter.job()).usingRecursiveComparison()
				.ignoringFields("attempt", "firstTriedAt", "notBefore")
				.isEqualTo(jobs.get(id));
		});
		assertThat(simulation.reports).extracting(DeliveryReport::outcome)
			.as("the outage is long enough for every end")
			.contains(DeliveryOutcome.EXPIRED, DeliveryOutcome.DEAD_LETTERED, DeliveryOutcome.ACCEPTED);
		assertThat(simulation.callsByMinute.values()).as("provider calls a minute").allMatch(calls -> calls <= 60);
	}

	private static void check(DeliveryReport report, PushJob job, Instant firstTried, Instant over) {
		Instant givenUpAt = firstTried.plus(GIVEN_UP_AFTER);
		switch (report.outcome()) {
			case ACCEPTED -> assertThat(report.endedAt()).isAfterOrEqualTo(over)
				.isBefore(job.expiresAt())
				.isBeforeOrEqualTo(givenUpAt);
			case EXPIRED -> {
				assertThat(job.expiresAt()).as("its time to live ran out first").isBeforeOrEqualTo(givenUpAt);
				assertThat(report.endedAt()).isBeforeOrEqualTo(job.expiresAt().plus(Duration.ofMinutes(15)));
			}
			case DEAD_LETTERED -> assertThat(report.endedAt()).isBeforeOrEqualTo(givenUpAt).isBefore(job.expiresAt());
			case TOKEN_INVALID, REJECTED -> throw new AssertionError("an outage is no such thing: " + report);
		}
		if (!report.endedAt().isBefore(over) && job.expiresAt().isAfter(givenUpAt)) {
			assertThat(report.outcome()).as("those still waiting when it is over").isEqualTo(DeliveryOutcome.ACCEPTED);
		}
	}

	@Test
	void aStormOfRefusalsIsNoStormOfRetries() {
		int burst = 1000;
		OutageSimulation simulation = out(Trouble.FCM_OVER_QUOTA);
		for (int i = 0; i < burst; i++) {
			Instant at = simulation.start().plusMillis(i);
			send(simulation, Provider.FCM, at, at.plus(Duration.ofDays(2)));
		}

		simulation.run();

		assertThat(simulation.reports).hasSize(burst);
		List<Integer> minutes = new ArrayList<>();
		simulation.callsByMinute.forEach((minute, calls) -> {
			if (minute > 0 && minute < OUTAGE.toMinutes()) {
				minutes.add(calls);
			}
		});
		assertThat(minutes).as("calls in each minute after the first").isNotEmpty().allMatch(calls -> calls <= 61);
	}

	private void send(OutageSimulation simulation, Provider provider, Instant at, Instant expiresAt) {
		PushJob like = Jobs.job(Jobs.RIDER, provider);
		PushJob job = PushJob.first(like.notificationId(), like.device(),
				PushContent.of("Your driver is here", "Please meet your driver", Payload.EMPTY),
				jobs.size() % 3 == 0 ? PushPriority.HIGH : PushPriority.NORMAL, null, at, expiresAt);
		jobs.put(job.device().registrationId(), job);
		simulation.send(job, at);
	}

	private static OutageSimulation out(Trouble trouble) {
		Instant[] over = new Instant[1];
		OutageSimulation simulation = new OutageSimulation(
				now -> now.isBefore(over[0]) ? trouble.answer.apply(now) : new PushOutcome.Accepted("id"));
		over[0] = simulation.start().plus(OUTAGE);
		return simulation;
	}

	@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
	enum Trouble {

		FCM_UNAVAILABLE(Provider.FCM, "UNAVAILABLE", now -> FcmVerdicts.unavailable(null, now)),

		FCM_UNAVAILABLE_FOR_SECONDS(Provider.FCM, "UNAVAILABLE",
				now -> FcmVerdicts.unavailable(Duration.ofSeconds(30), now)),

		FCM_UNAVAILABLE_FOR_LONGER_THAN_ANY_DELAY(Provider.FCM, "UNAVAILABLE",
				now -> FcmVerdicts.unavailable(Duration.ofMinutes(20), now)),

		FCM_OVER_QUOTA(Provider.FCM, "QUOTA_EXCEEDED", now -> FcmVerdicts.quotaExceeded(null, now)),

		FCM_OVER_QUOTA_FOR_MINUTES(Provider.FCM, "QUOTA_EXCEEDED",
				now -> FcmVerdicts.quotaExceeded(Duration.ofMinutes(4), now)),

		FCM_OUT_OF_REACH(Provider.FCM, "NoAnswer: Connection refused", FcmVerdicts::noAnswer),

		APNS_UNAVAILABLE(Provider.APNS, "ServiceUnavailable", ApnsVerdicts::unavailable),

		APNS_DEVICES_BUSY(Provider.APNS, "TooManyRequests", ApnsVerdicts::tooManyRequests);

		private final Provider provider;

		private final String lastAnswer;

		private final Function<Instant, PushOutcome> answer;

		Trouble(Provider provider, String lastAnswer, Function<Instant, PushOutcome> answer) {
			this.provider = provider;
			this.lastAnswer = lastAnswer;
			this.answer = answer;
		}

	}

}
