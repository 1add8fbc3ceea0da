package dev.herald.worker.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.base.tokenstore.TokenStoreProperties;
import dev.herald.common.device.Device;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.PushJob;
import dev.herald.worker.fixture.TokenStoreStandIn;
import dev.herald.worker.fixture.TokenStoreStandIn.Behaviour;
import dev.herald.worker.push.Jobs;
import dev.herald.worker.push.MutableClock;
import dev.herald.worker.registration.Standing.LoggedOut;
import dev.herald.worker.registration.Standing.Moved;
import dev.herald.worker.registration.Standing.Registered;
import dev.herald.worker.registration.Standing.Unknown;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationCheckTests {

	private static final Duration CHECK_AFTER = Duration.ofSeconds(10);

	private final TokenStoreStandIn tokenStore = new TokenStoreStandIn();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final MutableClock clock = new MutableClock();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final RegistrationCheck check = new RegistrationCheck(
			new TokenStoreClient(new TokenStoreProperties(URI.create(tokenStore.url()), tokenStore.key(),
					Duration.ofSeconds(3), Duration.ofSeconds(3))),
			CHECK_AFTER, executor, clock, meters);

	private final PushJob job = Jobs.job(Jobs.RIDER, Provider.FCM);

	@AfterEach
	void close() {
		tokenStore.close();
		executor.close();
	}

	@Test
	void aDeviceThatWasSeenJustNowIsNotLookedUp() {
		Instant seenAt = clock.instant();
		clock.advance(CHECK_AFTER.minusMillis(1));

		CompletableFuture<Standing> standing = check.standingOf(job, seenAt);

		assertThat(standing).isCompletedWithValue(new Registered(job.device(), seenAt));
		assertThat(tokenStore.lookups()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-10S", "PT-60M", "PT10S", "PT60M" })
	void aDeviceSeenLongAgoOrInTheFutureIsLookedUp(Duration fromNow) {
		tokenStore.register(job.device());

		Standing standing = check.standingOf(job, clock.instant().plus(fromNow)).join();

		assertThat(standing).isEqualTo(new Registered(job.device(), clock.instant()));
		assertThat(tokenStore.lookups()).containsExactly(1);
		assertThat(checks("registered")).isEqualTo(1);
	}

	@Test
	void aLoginThatIsOverIsFoundOut() {
		assertThat(stale(job)).isEqualTo(new LoggedOut());
		assertThat(checks("logged_out")).isEqualTo(1);
	}

	@Test
	void aRefreshedTokenIsTold() {
		Device refreshed = device(job, Provider.FCM, "another-token");
		tokenStore.register(refreshed);

		assertThat(stale(job)).isEqualTo(new Registered(refreshed, clock.instant()));
	}

	@Test
	void aDeviceThatChangedItsProviderHasMoved() {
		Device moved = device(job, Provider.APNS, Jobs.token(Provider.APNS, 1));
		tokenStore.register(moved);

		assertThat(stale(job)).isEqualTo(new Moved(moved));
		assertThat(checks("moved")).isEqualTo(1);
	}

	@Test
	void manyJobsShareAFewRequests() {
		List<PushJob> jobs = IntStream.range(0, 2000).mapToObj(i -> Jobs.job(Jobs.RIDER, Provider.FCM)).toList();
		jobs.stream().map(PushJob::device).forEach(tokenStore::register);

		List<CompletableFuture<Standing>> standings = jobs.stream()
			.map(it -> check.standingOf(it, Instant.EPOCH))
			.toList();

		for (int i = 0; i < jobs.size(); i++) {
			assertThat(standings.get(i).join()).isEqualTo(new Registered(jobs.get(i).device(), clock.instant()));
		}
		assertThat(tokenStore.lookups()).hasSizeLessThan(500).allMatch(size -> size <= 500);
	}

	@Test
	void jobsForOneDeviceAskForItTogether() {
		tokenStore.register(job.device());
		List<CompletableFuture<Standing>> standings = IntStream.range(0, 1000)
			.mapToObj(i -> check.standingOf(job, Instant.EPOCH))
			.toList();

		assertThat(standings.stream().map(CompletableFuture::join))
			.containsOnly(new Registered(job.device(), clock.instant()));
		assertThat(tokenStore.lookups()).containsOnly(1);
	}

	@ParameterizedTest
	@EnumSource(value = Behaviour.class, mode = EnumSource.Mode.EXCLUDE, names = "ANSWERS")
	void nothingIsKnownWhileTheTokenStoreDoesNotAnswer(Behaviour behaviour) {
		tokenStore.register(job.device());
		tokenStore.behave(behaviour);

		assertThat(stale(job)).isInstanceOfSatisfying(Unknown.class,
				unknown -> assertThat(unknown.reason()).contains("token store"));
		assertThat(checks("unknown")).isEqualTo(1);
		assertThat(meters.get("herald.token.store.away").gauge().value()).isEqualTo(1);
	}

	@Test
	void anOutageCostsOneRequestASecondAndNobodyElseAnyTime() {
		tokenStore.behave(Behaviour.UNAVAILABLE);
		stale(job);

		assertThat(IntStream.range(0, 1000).mapToObj(i -> check.standingOf(job, Instant.EPOCH)))
			.allMatch(CompletableFuture::isDone);
		assertThat(tokenStore.lookups()).hasSize(1);
		clock.advance(Duration.ofSeconds(1));
		IntStream.range(0, 1000).mapToObj(i -> check.standingOf(job, Instant.EPOCH)).forEach(CompletableFuture::join);
		assertThat(tokenStore.lookups()).hasSize(2);
	}

	@Test
	void whatWaitsBehindARequestThatHangsIsAnsweredWithIt() {
		tokenStore.behave(Behaviour.HANGS);

		List<CompletableFuture<Standing>> standings = IntStream.range(0, 5000)
			.mapToObj(i -> check.standingOf(Jobs.job(Jobs.RIDER, Provider.FCM), Instant.EPOCH))
			.toList();

		assertThat(standings).allSatisfy(standing -> assertThat(standing.join()).isInstanceOf(Unknown.class));
		assertThat(tokenStore.lookups()).as("as many requests as may be under way").hasSizeLessThanOrEqualTo(4);
	}

	@Test
	void theLongerAnOutageTheLongerAJobWaitsButAMinuteAtMost() {
		tokenStore.behave(Behaviour.UNAVAILABLE);

		assertThat(askAgainAfter()).isEqualTo(Duration.ZERO);
		clock.advance(Duration.ofSeconds(7));
		assertThat(askAgainAfter()).isEqualTo(Duration.ofSeconds(7));
		clock.advance(Duration.ofMinutes(60));
		assertThat(askAgainAfter()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void theFirstAnswerEndsAnOutage() {
		tokenStore.register(job.device());
		tokenStore.behave(Behaviour.UNAVAILABLE);
		stale(job);
		tokenStore.behave(Behaviour.ANSWERS);
		assertThat(stale(job)).as("too early to ask again").isInstanceOf(Unknown.class);

		clock.advance(Duration.ofSeconds(1));

		assertThat(stale(job)).isInstanceOf(Registered.class);
		assertThat(stale(job)).isInstanceOf(Registered.class);
		assertThat(meters.get("herald.token.store.away").gauge().value()).isZero();
	}

	private Standing stale(PushJob it) {
		return check.standingOf(it, clock.instant().minus(CHECK_AFTER)).join();
	}

	private Duration askAgainAfter() {
		return ((Unknown) stale(job)).askAgainAfter();
	}

	private double checks(String result) {
		return meters.get("herald.registration.checks").tag("result", result).counter().count();
	}

	private static Device device(PushJob job, Provider provider, String token) {
		Device device = job.device();
		return new Device(device.registrationId(), device.deviceId(), device.userId(), device.applicationId(), provider,
				new DeviceToken(token), device.environment(), device.registeredAt());
	}

}
