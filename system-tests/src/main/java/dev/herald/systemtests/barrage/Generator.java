package dev.herald.systemtests.barrage;

import dev.herald.systemtests.barrage.Operation.Input;
import dev.herald.systemtests.barrage.Operation.Place;
import dev.herald.systemtests.barrage.Shot.Pair;
import io.swagger.v3.oas.models.media.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes valid requests of an operation's description. Safe for use by many threads. */
final class Generator {

	private final ValidValues values;

	/**
	 * @param byName texts by the name of a field or parameter, in snake_case
	 */
	Generator(Description description, Map<String, Function<RandomGenerator, String>> byName) {
		this.values = new ValidValues(description, byName);
	}

	/** A request that should be taken, but for what a description cannot say. */
	Shot valid(Operation operation, String key, RandomGenerator random) {
		Shot shot = new Shot(operation, path(operation, random));
		for (Input input : operation.in(Place.HEADER)) {
			if (isGiven(input, random)) {
				shot.headers.add(new Pair(input.name(), values.text(input.name(), input.schema(), random)));
			}
		}
		for (Input input : operation.in(Place.QUERY)) {
			if (isGiven(input, random)) {
				shot.query.add(new Pair(input.name(), encoded(values.text(input.name(), input.schema(), random))));
			}
		}
		Schema<?> body = operation.body();
		if (body != null) {
			shot.headers.add(new Pair("Content-Type", "application/json"));
			shot.body = values.value(null, body, random).toString().getBytes(StandardCharsets.UTF_8);
		}
		shot.headers.add(new Pair("Authorization", "Bearer " + key));
		return shot;
	}

	private static boolean isGiven(Input input, RandomGenerator random) {
		return input.required() || random.nextInt(3) == 0;
	}

	private String path(Operation operation, RandomGenerator random) {
		String path = operation.path();
		for (Input input : operation.in(Place.PATH)) {
			path = path.replace("{" + input.name() + "}", encoded(values.text(input.name(), input.schema(), random)));
		}
		return path;
	}

	static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
