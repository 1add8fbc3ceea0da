package dev.herald.emulators.fcm;

import java.time.Duration;

import dev.herald.emulators.behaviour.Answer;
import dev.herald.emulators.http.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Error bodies as Google's front end and FCM behind it write them. */
final class FcmResponses {

	private static final JsonMapper json = JsonMapper.shared();

	private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";

	private static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

	private static final String ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo";

	private FcmResponses() {
	}

	/** FCM's own refusal, with its error code. */
	static Answer refused(FcmError error, String message) {
		ObjectNode body = body(error.status(), message, error.rpcStatus());
		details(body).addObject().put("@type", FCM_ERROR).put("errorCode", error.name());
		return new Answer(error.name(), response(error.status(), body));
	}

	static Answer refused(FcmError error) {
		return refused(error, error.message());
	}

	static Answer refused(FcmError error, @Nullable Duration retryAfter) {
		Answer answer = refused(error);
		return new Answer(answer.outcome(), withRetryAfter(answer.response(), retryAfter));
	}

	static Response withRetryAfter(Response response, @Nullable Duration retryAfter) {
		return (retryAfter != null) ? response.with("retry-after", Long.toString(retryAfter.toSeconds())) : response;
	}

	/** A field that is not as it should be. */
	static Answer invalid(InvalidMessageException problem) {
		String message = problem.description();
		ObjectNode body = body(400, message, "INVALID_ARGUMENT");
		ArrayNode details = details(body);
		if (problem.foundByFcm()) {
			details.addObject().put("@type", FCM_ERROR).put("errorCode", "INVALID_ARGUMENT");
		}
		if (problem.field() != null) {
			details.addObject()
				.put("@type", BAD_REQUEST)
				.putArray("fieldViolations")
				.addObject()
				.put("field", problem.field())
				.put("description", message);
		}
		return new Answer("INVALID_ARGUMENT", response(400, body));
	}

	/** No access token, or one that does not hold. */
	static Answer unauthenticated(boolean missing) {
		String problem = missing ? "Request is missing required authentication credential."
				: "Request had invalid authentication credentials.";
		ObjectNode body = body(401,
				problem + " Expected OAuth 2 access token, login cookie or other valid authentication credential. "
						+ "See https://developers.google.com/identity/sign-in/web/devconsole-project.",
				"UNAUTHENTICATED");
		details(body).addObject()
			.put("@type", ERROR_INFO)
			.put("reason", missing ? "CREDENTIALS_MISSING" : "ACCESS_TOKEN_EXPIRED")
			.put("domain", "googleapis.com");
		return new Answer("UNAUTHENTICATED",
				response(401, body).with("www-authenticate", "Bearer realm=\"https://accounts.google.com/\""));
	}

	/** The service account is not one of this project. */
	static Answer permissionDenied(String project) {
		ObjectNode body = body(403, "Permission 'cloudmessaging.messages.create' denied on resource "
				+ "'//cloudresourcemanager.googleapis.com/projects/%s' (or it may not exist).".formatted(project),
				"PERMISSION_DENIED");
		details(body).addObject()
			.put("@type", ERROR_INFO)
			.put("reason", "IAM_PERMISSION_DENIED")
			.put("domain", "cloudresourcemanager.googleapis.com");
		return new Answer("PERMISSION_DENIED", response(403, body));
	}

	/** What stands in front of FCM fails: a page, no JSON. */
	static Answer proxyFailure(int status) {
		return new Answer("HTTP_" + status, Response.of(status, "text/html; charset=UTF-8",
				"<!DOCTYPE html><html lang=en><title>Error %d (Server Error)!!1</title>".formatted(status)));
	}

	static Response notFound(String path) {
		return Response
			.of(404, "text/html; charset=UTF-8", "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title>"
					+ "<p>The requested URL was not found on this server. (%d characters)".formatted(path.length()));
	}

	private static ObjectNode body(int code, String message, String rpcStatus) {
		ObjectNode body = json.createObjectNode();
		body.putObject("error").put("code", code).put("message", message).put("status", rpcStatus);
		return body;
	}

	private static ArrayNode details(ObjectNode body) {
		return body.withObject("error").withArray("details");
	}

	private static Response response(int status, ObjectNode body) {
		return Response.json(status, json.writeValueAsBytes(body));
	}

}
