package dev.herald.tokenstore.registration;

import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.database.ApiPool;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreClient.Shown;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@TokenStoreTest
class ConcurrencyTests {

	private static final int THREADS = 16;

	private final TokenStoreClient store;

	private final JdbcClient database;

	ConcurrencyTests(@Autowired Environment environment, @Autowired @ApiPool JdbcClient database) {
		this.store = new TokenStoreClient(environment);
		this.database = database;
	}

	@RepeatedTest(5)
	void aTokenThatManyUsersRegisterAtOnceBelongsToOneOfThem() throws Exception {
		String token = Fresh.token();

		List<Shown> answers = atOnce(number -> store.registered(Fresh.user(), RIDER, Fresh.device(), token));

		List<Long> rows = registrations("token", token);
		assertThat(rows).hasSize(1);
		assertThat(answers).extracting(Shown::registrationId).doesNotHaveDuplicates().containsAll(rows);
	}

	@RepeatedTest(5)
	void aDeviceThatManyUsersRegisterAtOnceBelongsToOneOfThem() throws Exception {
		String phone = Fresh.device();

		List<Shown> answers = atOnce(number -> store.registered(Fresh.user(), RIDER, phone, Fresh.token()));

		List<Long> rows = registrations("device_id", phone);
		assertThat(rows).hasSize(1);
		assertThat(answers).extracting(Shown::registrationId).doesNotHaveDuplicates().containsAll(rows);
	}

	@RepeatedTest(5)
	void oneLoginRegisteredManyTimesAtOnceIsOneLogin() throws Exception {
		String alice = Fresh.user();
		String token = Fresh.token();

		List<Shown> answers = atOnce(number -> TokenStoreClient.shown(store.register(alice, RIDER, """
				{"provider": "fcm", "token": "%s"}""".formatted(token))));

		assertThat(answers).extracting(Shown::registrationId).containsOnly(answers.getFirst().registrationId());
		assertThat(store.devices(alice, RIDER)).hasSize(1);
	}

	@Test
	void phonesAndTokensPassedAroundEndWithOneUserEach() throws Exception {
		List<String> users = IntStream.range(0, 4).mapToObj(number -> Fresh.user()).toList();
		List<String> phones = IntStream.range(0, 4).mapToObj(number -> Fresh.device()).toList();
		List<String> tokens = IntStream.range(0, 4).mapToObj(number -> Fresh.token()).toList();

		atOnce(number -> {
			for (int i = 0; i < 30; i++) {
				store.registered(any(users), RIDER, any(phones), any(tokens));
				if (i % 5 == 0) {
					store.logOut(any(users), RIDER, any(phones)).expectStatus().isNoContent();
				}
			}
			return number;
		});

		List<Shown> devices = users.stream().flatMap(user -> store.devices(user, RIDER).stream()).toList();
		assertThat(devices).extracting(Shown::deviceId).doesNotHaveDuplicates().isSubsetOf(phones);
		assertThat(devices).extracting(Shown::token).doesNotHaveDuplicates();
		assertThat(devices).isNotEmpty();
	}

	private List<Long> registrations(String column, String value) {
		return database.sql("SELECT id FROM device WHERE %s = ?".formatted(column))
			.param(value)
			.query((row, number) -> row.getLong(1))
			.list();
	}

	private static String any(List<String> names) {
		return names.get(ThreadLocalRandom.current().nextInt(names.size()));
	}

	private static <T> List<T> atOnce(Action<T> action) throws InterruptedException, ExecutionException {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			List<Callable<T>> calls = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				int number = i;
				calls.add(() -> {
					start.await();
					return action.run(number);
				});
			}
			List<T> results = new ArrayList<>();
			for (Future<T> result : threads.invokeAll(calls)) {
				results.add(result.get());
			}
			return results;
		}
	}

	private interface Action<T> {

		T run(int number);

	}

}
