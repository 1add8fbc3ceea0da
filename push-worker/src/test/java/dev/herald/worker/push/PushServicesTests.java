package dev.herald.worker.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.herald.base.applications.Application;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.PushJob;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PushServicesTests {

	private static final Application APPLICATION = new Application(Jobs.RIDER, false, null, null);

	@Test
	void eachProviderOpensItsOwnService() {
		PushServices services = new PushServices(
				List.of(new NamedProvider(Provider.FCM), new NamedProvider(Provider.APNS)));

		try (PushService service = services.open(APPLICATION, Provider.APNS)) {
			assertThat(service.send(Jobs.job(Jobs.RIDER, Provider.APNS)))
				.isCompletedWithValue(new PushOutcome.Accepted("apns"));
		}
	}

	@Test
	void aProviderThatIsRegisteredTwiceOrNotAtAllIsRefusedAtStart() {
		NamedProvider fcm = new NamedProvider(Provider.FCM);

		assertThatIllegalArgumentException().isThrownBy(() -> new PushServices(List.of(fcm, fcm)))
			.withMessage("provider fcm is registered twice");
		assertThatIllegalArgumentException().isThrownBy(() -> new PushServices(List.of(fcm)))
			.withMessage("provider apns is not registered");
	}

	private record NamedProvider(Provider provider) implements PushProvider {

		@Override
		public Path credentialFile(Application application) {
			return Path.of(provider.value());
		}

		@Override
		public PushService open(Application application) {
			return new PushService() {
				@Override
				public CompletableFuture<PushOutcome> send(PushJob job) {
					return CompletableFuture.completedFuture(new PushOutcome.Accepted(provider.value()));
				}

				@Override
				public void close() {
					// Nothing is open.
				}
			};
		}

	}

}
