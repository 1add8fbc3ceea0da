package dev.herald.emulators.behaviour;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.emulators.apns.ApnsAnswers;
import dev.herald.emulators.fcm.FcmAnswers;
import dev.herald.emulators.pushes.Provider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BehavioursTests {

	private static final Behaviour HANG = new Behaviour.Hang();

	private static final Behaviour DROP = new Behaviour.DropConnection();

	private static final Behaviour SLOW = new Behaviour.Slow(Duration.ofMillis(1));

	private final Behaviours behaviours = new Behaviours(
			Map.of(Provider.FCM, new FcmAnswers(), Provider.APNS, new ApnsAnswers(Clock.systemUTC())));

	@Test
	void theNarrowestScopeDecides() {
		this.behaviours.put(Scope.of(Provider.FCM), HANG);
		this.behaviours.put(Scope.of(Provider.FCM, "a"), DROP);
		this.behaviours.put(Scope.of(Provider.FCM, "a", "t"), SLOW);

		assertThat(this.behaviours.next(Provider.FCM, "a", "t")).isEqualTo(SLOW);
		assertThat(this.behaviours.next(Provider.FCM, "a", "other")).isEqualTo(DROP);
		assertThat(this.behaviours.next(Provider.FCM, "b", "t")).isEqualTo(HANG);
		assertThat(this.behaviours.next(Provider.APNS, "a", "t")).isEqualTo(new Behaviour.Accept());
	}

	@Test
	void aLimitedBehaviourIsHadByExactlySoManyRequestsAtOnce() throws InterruptedException {
		this.behaviours.put(Scope.of(Provider.FCM), DROP, 1_000);
		AtomicInteger dropped = new AtomicInteger();

		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (int request = 0; request < 5_000; request++) {
				threads.execute(() -> {
					if (this.behaviours.next(Provider.FCM, "a", "t").equals(DROP)) {
						dropped.incrementAndGet();
					}
				});
			}
		}

		assertThat(dropped).hasValue(1_000);
		assertThat(this.behaviours.list()).isEmpty();
	}

	@Test
	void whatAProviderDoesNotKnowIsRefusedWhenItIsProgrammed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.behaviours.put(Scope.of(Provider.FCM), new Behaviour.Refuse("BadDeviceToken")))
			.withMessageContaining("FCM has no error 'BadDeviceToken'");
	}

}
