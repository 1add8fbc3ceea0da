package dev.herald.api.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.herald.api.fixture.TokenStoreStandIn;
import dev.herald.api.fixture.TokenStoreStandIn.Behaviour;
import dev.herald.base.tokenstore.LookupPurpose;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.base.http.ServiceException;
import dev.herald.base.tokenstore.TokenStoreProperties;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceDirectoryTests {

	private final TokenStoreStandIn tokenStore = new TokenStoreStandIn();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final TokenStoreClient client = new TokenStoreClient(new TokenStoreProperties(URI.create(tokenStore.url()),
			TokenStoreStandIn.KEY, Duration.ofMillis(200), Duration.ofMillis(300)));

	private final DeviceDirectory directory = new DeviceDirectory(client, executor);

	@AfterEach
	void close() {
		tokenStore.close();
		executor.close();
	}

	@Test
	void lookUpsThatArriveTogetherShareRoundTrips() {
		List<Device> devices = IntStream.range(0, 300)
			.mapToObj(i -> tokenStore.register("user-" + i, "com.acme.rider", Provider.FCM))
			.toList();

		List<CompletableFuture<List<Device>>> found = devices.stream()
			.map(device -> directory.devicesOf(new DeviceQuery(device.userId(), null)))
			.toList();

		assertThat(found.stream().map(CompletableFuture::join)).isEqualTo(devices.stream().map(List::of).toList());
		assertThat(tokenStore.lookups()).hasSizeLessThan(100).allMatch(size -> size <= DeviceLookup.MAX_QUERIES);
	}

	@ParameterizedTest
	@EnumSource(value = Behaviour.class, mode = EnumSource.Mode.EXCLUDE, names = "ANSWERS")
	void anythingButAnAnswerInTimeIsAFailure(Behaviour behaviour) {
		tokenStore.behave(behaviour);

		assertThatThrownBy(
				() -> client.lookUp(List.of(new DeviceQuery(new UserId("42"), null)), LookupPurpose.NOTIFICATION))
			.isInstanceOf(ServiceException.class);
	}

	@Test
	void aTokenStoreThatComesBackIsAskedAgain() {
		client.lookUp(List.of(new DeviceQuery(new UserId("42"), null)), LookupPurpose.NOTIFICATION);
		tokenStore.stop();
		assertThatThrownBy(
				() -> client.lookUp(List.of(new DeviceQuery(new UserId("42"), null)), LookupPurpose.NOTIFICATION))
			.isInstanceOf(ServiceException.class);

		tokenStore.start();

		assertThat(client.lookUp(List.of(new DeviceQuery(new UserId("42"), null)), LookupPurpose.NOTIFICATION))
			.containsExactly(List.of());
		assertThat(client.isAlive()).isTrue();
	}

	@Test
	void aConnectionThatWasClosedMeanwhileIsReplaced() {
		client.lookUp(List.of(new DeviceQuery(new UserId("42"), null)), LookupPurpose.NOTIFICATION);
		tokenStore.stop();
		tokenStore.start();

		assertThat(client.lookUp(List.of(new DeviceQuery(new UserId("42"), null)), LookupPurpose.NOTIFICATION))
			.containsExactly(List.of());
	}

}
