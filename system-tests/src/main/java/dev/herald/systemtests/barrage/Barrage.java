package dev.herald.systemtests.barrage;

import dev.herald.common.identity.NotificationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.systemtests.Pause;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Requests at one service: one in five is valid, the others have one thing wrong. Request
 * number <i>i</i> of a seed is always the same. Not for use by several threads.
 */
public final class Barrage {

	private static final int THREADS = 4;

	private static final int MAX_SHOWN = 3;

	private final String service;

	private final RawClient client;

	private final Generator generator;

	private final Mutations mutations;

	private final List<Operation> operations;

	/** The key for each operation. */
	private final List<String> keys;

	private final long seed;

	/** By their kind. */
	private final Map<String, Queue<String>> violations = new ConcurrentHashMap<>();

	private final Queue<NotificationId> taken = new ConcurrentLinkedQueue<>();

	private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();

	private final AtomicInteger busy = new AtomicInteger();

	/**
	 * @param openApi the description of the service
	 * @param further paths of GET operations that the description does not have
	 * @param keys an API key of each role; each operation is asked with the first that it
	 * lets in
	 * @param byName texts by the name of a field or parameter, where a schema cannot say
	 * what is valid
	 */
	public Barrage(String service, URI uri, String openApi, List<String> further, List<String> keys,
			Map<String, Function<RandomGenerator, String>> byName, long seed) {
		Description description = Description.read(openApi);
		this.service = service;
		this.client = new RawClient(uri);
		this.generator = new Generator(description, byName);
		this.mutations = new Mutations(keys);
		this.operations = new ArrayList<>(description.operations());
		further.forEach(path -> operations.add(new Operation("GET", path, List.of(), null)));
		this.seed = seed;
		this.keys = operations.stream().map(operation -> keyFor(operation, keys)).toList();
	}

	private String keyFor(Operation operation, List<String> all) {
		for (String key : all) {
			Reply reply = client.send(generator.valid(operation, key, random(-1)));
			if (reply != null && reply.status() != 403 && reply.status() != 401) {
				return key;
			}
		}
		throw new IllegalStateException("no key is let in at " + operation);
	}

	/** Sends so many requests and judges every answer. */
	public void send(int count) {
		AtomicInteger next = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			threads.add(Thread.ofPlatform().start(() -> {
				for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
					sendOne(number);
				}
			}));
		}
		threads.forEach(Pause::untilEndOf);
	}

	private void sendOne(int number) {
		RandomGenerator random = random(number);
		int index = number % operations.size();
		Shot shot = generator.valid(operations.get(index), keys.get(index), random);
		if (random.nextInt(5) > 0) {
			mutations.mutate(shot, random);
		}
		try {
			Reply reply = client.send(shot);
			List<String> wrong = Rules.violations(shot, reply);
			if (!wrong.isEmpty()) {
				broken((reply == null ? "none" : reply.status()) + " " + wrong,
						"request %d %s%nanswer: %s".formatted(number, shot, reply));
			}
			count(reply);
		}
		catch (RuntimeException ex) {
			broken(ex.toString(), "request %d %s".formatted(number, shot));
		}
	}

	private void broken(String kind, String what) {
		violations.computeIfAbsent(kind, unknown -> new ConcurrentLinkedQueue<>()).add(what);
	}

	private void count(@Nullable Reply reply) {
		if (reply == null) {
			return;
		}
		statuses.computeIfAbsent(reply.status(), status -> new AtomicInteger()).incrementAndGet();
		if (Rules.isBusy(reply)) {
			busy.incrementAndGet();
		}
		JsonNode id = reply.status() == 202 ? HeraldJson.mapper().readTree(reply.body()).path("notification_id")
				: HeraldJson.mapper().missingNode();
		if (id.isString()) {
			taken.add(NotificationId.parse(id.asString()));
		}
	}

	/** Of its own for each request, so that the order of the threads does not matter. */
	private RandomGenerator random(int number) {
		return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + number);
	}

	/** The operations it knows, as method and path. */
	public List<String> operations() {
		return operations.stream().map(Operation::toString).toList();
	}

	/**
	 * The answers that broke a rule, a few of each kind with their requests; none if all
	 * is well.
	 */
	public List<String> violations() {
		return violations.entrySet()
			.stream()
			.map(kind -> "%d times: %s%n%s".formatted(kind.getValue().size(), kind.getKey(),
					kind.getValue().stream().limit(MAX_SHOWN).collect(Collectors.joining("\n\n"))))
			.toList();
	}

	/** The notifications that were answered with 202. */
	public List<NotificationId> taken() {
		return List.copyOf(taken);
	}

	/** How many answers there were of each status. */
	public Map<Integer, Integer> statuses() {
		Map<Integer, Integer> counts = new TreeMap<>();
		statuses.forEach((status, count) -> counts.put(status, count.get()));
		return counts;
	}

	/** How many answers were that the service is busy. */
	public int busy() {
		return busy.get();
	}

	@Override
	public String toString() {
		return "%s, seed %d: %s, %d kinds of violations".formatted(service, seed, statuses(), violations.size());
	}

}
