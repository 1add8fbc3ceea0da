package dev.herald.systemtests.barrage;

import dev.herald.common.json.HeraldJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What holds for every answer, whatever was asked. */
final class Rules {

	private static final int MAX_PROBLEM_BYTES = 4096;

	private static final int MAX_ANSWER_BYTES = 1024 * 1024;

	/** Stack traces, and the names of classes, libraries and statements. */
	private static final Pattern INSIDES = Pattern.compile("\\tat |\\bat [a-z]+(\\.[a-z]+)+|dev\\.herald|org\\.spring|"
			+ "org\\.apache|java\\.(lang|util|io|net)|jakarta\\.|tools\\.jackson|fasterxml|com\\.mysql|h2database|rabbitmq|"
			+ "Exception|Caused by|Tomcat|Spring|Hikari|SELECT |INSERT |Deserializ|\\$[A-Z]\\w+");

	/** The framing that HTTP has and Herald has not: the answer that HTTP asks for. */
	private static final Set<Integer> NOT_IMPLEMENTED = Set.of(501, 505);

	private Rules() {
	}

	/**
	 * What is wrong with an answer.
	 * @param reply null if none came
	 */
	static List<String> violations(Shot shot, @Nullable Reply reply) {
		if (reply == null) {
			return shot.maySayNothing ? List.of() : List.of("no answer");
		}
		if (isHealth(shot, reply)) {
			return List.of();
		}
		List<String> violations = new ArrayList<>();
		if (reply.status() < 200 || reply.status() >= 600) {
			violations.add("no status that an answer ends with");
		}
		if (reply.status() >= 500 && !NOT_IMPLEMENTED.contains(reply.status()) && !isBusy(reply)) {
			violations.add("an error of the service's own");
		}
		if (!isOperatorsOwn(shot, reply) && INSIDES.matcher(reply.text()).find()) {
			violations.add("the insides of the service");
		}
		if (reply.body().length > MAX_ANSWER_BYTES) {
			violations.add("more than " + MAX_ANSWER_BYTES + " bytes");
		}
		if (reply.status() >= 400 && !shot.method.equals("HEAD")) {
			problem(shot, reply, violations);
		}
		return violations;
	}

	/** Overloaded, as a machine with few cores can be, and saying when to come back. */
	static boolean isBusy(Reply reply) {
		return reply.status() == 503 && !reply.header("retry-after").isEmpty();
	}

	/** That something is down is what health is asked for, and says in its own form. */
	private static boolean isHealth(Shot shot, Reply reply) {
		return reply.status() == 503 && shot.operation.path().startsWith("/actuator/health");
	}

	/** Metrics are there to tell an operator of the insides. */
	private static boolean isOperatorsOwn(Shot shot, Reply reply) {
		return reply.status() == 200 && shot.operation.path().startsWith("/actuator/");
	}

	private static void problem(Shot shot, Reply reply, List<String> violations) {
		if (!reply.header("content-type").startsWith("application/problem+json")) {
			violations.add("no problem details");
			return;
		}
		if (reply.body().length > MAX_PROBLEM_BYTES) {
			violations.add("problem details of more than " + MAX_PROBLEM_BYTES + " bytes");
		}
		JsonNode problem = parsed(reply.body());
		if (problem.path("status").asInt(0) != reply.status() || problem.path("title").asString("").isEmpty()
				|| problem.path("detail").asString("").isEmpty()) {
			violations.add("problem details without the status, a title or a detail");
		}
		if (reply.status() == 400 && shot.aboutAField && problem.path("field").asString("").isEmpty()) {
			violations.add("a refused field is not named");
		}
	}

	private static JsonNode parsed(byte[] json) {
		try {
			return HeraldJson.mapper().readTree(new String(json, StandardCharsets.UTF_8));
		}
		catch (JacksonException ex) {
			return HeraldJson.mapper().missingNode();
		}
	}

}
