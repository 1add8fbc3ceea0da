package dev.herald.emulators.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.Scope;
import dev.herald.emulators.credentials.ApplicationCredentials;
import dev.herald.emulators.http.Endpoint;
import dev.herald.emulators.http.Exchange;
import dev.herald.emulators.http.Request;
import dev.herald.emulators.http.Response;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.PushQuery;
import dev.herald.emulators.pushes.ReceivedPush;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The control port: routes, and what each does. The module's README documents them. */
public final class ControlEndpoint implements Endpoint {

	/** More than any request to this port needs. */
	public static final int MAX_BODY = 64 * 1024;

	private static final int DEFAULT_LIMIT = 100;

	private static final int REPEATED_LIMIT = 1000;

	private static final JsonMapper json = JsonMapper.shared();

	private final Administration emulators;

	private final @Nullable ControlKey key;

	private final Clock clock;

	/**
	 * A control port for these emulators.
	 * @param key what a caller must present, null if none
	 */
	public ControlEndpoint(Administration emulators, @Nullable ControlKey key, Clock clock) {
		this.emulators = emulators;
		this.key = key;
		this.clock = clock;
	}

	@Override
	public void handle(Request request, Exchange exchange) {
		exchange.answer(answer(request));
	}

	private Response answer(Request request) {
		try {
			List<String> path = segments(request.path());
			if (path.equals(List.of("health"))) {
				return ok(json.createObjectNode().put("status", "UP"));
			}
			if (this.key != null && !this.key.opens(request.header("authorization"))) {
				return problem(401, "Expected the header Authorization: Bearer <control key>").with("www-authenticate",
						"Bearer");
			}
			return route(request, path);
		}
		catch (JacksonException ex) {
			return problem(400, "The body is not JSON: " + ex.getOriginalMessage());
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return problem(400, String.valueOf(ex.getMessage()));
		}
	}

	private Response route(Request request, List<String> path) {
		return switch (path.isEmpty() ? "" : path.getFirst()) {
			case "behaviours" -> behaviours(request, path.subList(1, path.size()));
			case "pushes" -> pushes(request, path);
			case "counters" -> isGet(request, path) ? ok(counters()) : notFound(request);
			case "repeated" -> isGet(request, path) ? ok(repeated()) : notFound(request);
			case "credentials" -> credentials(request, path.subList(1, path.size()));
			case "connections" -> connections(request, path.subList(1, path.size()));
			default -> notFound(request);
		};
	}

	private static boolean isGet(Request request, List<String> path) {
		return path.size() == 1 && request.method().equals("GET");
	}

	private Response behaviours(Request request, List<String> path) {
		return switch (request.method()) {
			case "GET" -> path.isEmpty() ? ok(programmed()) : notFound(request);
			case "PUT" -> path.isEmpty() ? notFound(request) : program(scope(path), json.readTree(request.body()));
			case "DELETE" -> {
				remove(path);
				yield Response.empty(204);
			}
			default -> notFound(request);
		};
	}

	private Scope scope(List<String> path) {
		Provider provider = Provider.of(path.getFirst());
		if (path.size() == 1) {
			return Scope.of(provider);
		}
		String application = known(provider, path.get(1));
		if (path.size() == 2) {
			return Scope.of(provider, application);
		}
		if (path.size() == 4 && path.get(2).equals("tokens")) {
			return Scope.of(provider, application, path.get(3));
		}
		throw new IllegalArgumentException(
				"The path is /behaviours/%s, expected /behaviours/{provider}[/{application}[/tokens/{token}]]"
					.formatted(String.join("/", path)));
	}

	/**
	 * A behaviour for an application nobody knows would wait for ever, most likely for a
	 * typo.
	 */
	private String known(Provider provider, String application) {
		this.emulators.credentialsValid(provider, application);
		return application;
	}

	private Response program(Scope scope, JsonNode body) {
		Behaviour behaviour = BehaviourJson.read(body, this.clock.instant());
		Long requests = BehaviourJson.requests(body);
		if (requests != null) {
			this.emulators.behaviours().put(scope, behaviour, requests);
		}
		else {
			this.emulators.behaviours().put(scope, behaviour);
		}
		return Response.empty(204);
	}

	private void remove(List<String> path) {
		if (path.isEmpty()) {
			this.emulators.behaviours().clear();
		}
		else {
			this.emulators.behaviours().remove(scope(path));
		}
	}

	private ObjectNode programmed() {
		ObjectNode body = json.createObjectNode();
		ArrayNode list = body.putArray("behaviours");
		this.emulators.behaviours().list().forEach((programmed) -> list.add(BehaviourJson.write(programmed)));
		return body;
	}

	private Response pushes(Request request, List<String> path) {
		if (isGet(request, path)) {
			return ok(find(request));
		}
		if (path.size() == 1 && request.method().equals("DELETE")) {
			this.emulators.pushes().clear();
			return Response.empty(204);
		}
		return notFound(request);
	}

	private ObjectNode find(Request request) {
		Map<String, List<String>> asked = new QueryStringDecoder(request.path()).parameters();
		String provider = parameter(asked, "provider");
		PushQuery query = new PushQuery((provider != null) ? Provider.of(provider) : null,
				parameter(asked, "application"), parameter(asked, "token"), number(asked, "after", 0),
				Math.toIntExact(number(asked, "limit", DEFAULT_LIMIT)));
		List<ReceivedPush> found = this.emulators.pushes().find(query);
		ObjectNode body = json.createObjectNode();
		body.set("pushes", PushJson.pushes(found));
		body.put("next_after", found.isEmpty() ? query.after() : found.getLast().sequence());
		return body;
	}

	private static @Nullable String parameter(Map<String, List<String>> asked, String name) {
		List<String> values = asked.get(name);
		return (values != null) ? values.getFirst() : null;
	}

	private static long number(Map<String, List<String>> asked, String name, long otherwise) {
		String value = parameter(asked, name);
		try {
			return (value != null) ? Long.parseLong(value) : otherwise;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("%s is '%s', expected a whole number".formatted(name, value), ex);
		}
	}

	private ObjectNode counters() {
		ObjectNode body = json.createObjectNode();
		body.set("counters", PushJson.counts(this.emulators.pushes().counts()));
		ObjectNode connections = body.putObject("connections");
		for (Provider provider : Provider.values()) {
			connections.put(provider.wireName(), this.emulators.connectionCount(provider));
		}
		return body;
	}

	private ObjectNode repeated() {
		ObjectNode body = json.createObjectNode();
		body.set("repeated", PushJson.repeated(this.emulators.pushes().repeated(REPEATED_LIMIT)));
		body.put("incomplete", this.emulators.pushes().repeatsIncomplete());
		return body;
	}

	private Response credentials(Request request, List<String> path) {
		if (path.isEmpty() && request.method().equals("GET")) {
			return ok(allCredentials());
		}
		if (path.size() == 2 && request.method().equals("PUT")) {
			setState(Provider.of(path.get(0)), path.get(1), json.readTree(request.body()));
			return Response.empty(204);
		}
		if (path.size() == 3 && path.get(2).equals("rotate") && request.method().equals("POST")) {
			return ok(write(this.emulators.rotateCredentials(Provider.of(path.get(0)), path.get(1))));
		}
		return notFound(request);
	}

	private void setState(Provider provider, String application, JsonNode body) {
		String state = body.path("state").asString("");
		switch (state) {
			case "revoked" -> this.emulators.revokeCredentials(provider, application);
			case "valid" -> this.emulators.restoreCredentials(provider, application);
			default ->
				throw new IllegalArgumentException("state is '%s', expected 'revoked' or 'valid'".formatted(state));
		}
	}

	private ObjectNode allCredentials() {
		ObjectNode body = json.createObjectNode();
		ArrayNode list = body.putArray("credentials");
		this.emulators.applications().forEach((credentials) -> list.add(write(credentials)));
		return body;
	}

	private ObjectNode write(ApplicationCredentials credentials) {
		String application = credentials.application();
		ObjectNode body = json.createObjectNode().put("application", application);
		body.putObject("fcm")
			.put("project_id", credentials.projectId())
			.put("service_account_file", credentials.serviceAccountFile().toString())
			.put("state", state(Provider.FCM, application));
		body.putObject("apns")
			.put("team_id", credentials.teamId())
			.put("key_id", credentials.keyId())
			.put("topic", application)
			.put("key_file", credentials.apnsKeyFile().toString())
			.put("state", state(Provider.APNS, application));
		return body;
	}

	private String state(Provider provider, String application) {
		return this.emulators.credentialsValid(provider, application) ? "valid" : "revoked";
	}

	private Response connections(Request request, List<String> path) {
		if (path.size() != 2 || !request.method().equals("POST")) {
			return notFound(request);
		}
		Provider provider = Provider.of(path.get(0));
		switch (path.get(1)) {
			case "go_away" -> this.emulators.goAway(provider);
			case "drop" -> this.emulators.dropConnections(provider);
			default -> throw new IllegalArgumentException(
					"The command is '%s', expected 'go_away' or 'drop'".formatted(path.get(1)));
		}
		return Response.empty(204);
	}

	private static List<String> segments(String path) {
		int query = path.indexOf('?');
		String withoutQuery = (query >= 0) ? path.substring(0, query) : path;
		return Arrays.stream(withoutQuery.split("/"))
			.filter((segment) -> !segment.isEmpty())
			.map((segment) -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
			.toList();
	}

	private static Response ok(JsonNode body) {
		return Response.json(200, json.writeValueAsBytes(body));
	}

	private static Response notFound(Request request) {
		return problem(404, "There is no %s %s here".formatted(request.method(), request.path()));
	}

	private static Response problem(int status, String detail) {
		ObjectNode body = json.createObjectNode().put("status", status).put("detail", detail);
		return Response.of(status, "application/problem+json", json.writeValueAsString(body));
	}

}
