package dev.herald.worker.fcm;

import com.google.auth.Retryable;
import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import dev.herald.common.json.HeraldJson;
import dev.herald.worker.fcm.FcmFailure.Answer;
import dev.herald.worker.fcm.FcmFailure.NoAccessToken;
import dev.herald.worker.fcm.FcmFailure.NoAnswer;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds out what a failed {@code send} of firebase-admin was about. Pure. */
final class FcmFailures {

	private static final String FCM_ERROR_TYPE = "type.googleapis.com/google.firebase.fcm.v1.FcmError";

	private static final Pattern WHITESPACE = Pattern.compile("\\s+");

	private FcmFailures() {
	}

	/**
	 * What the exception says.
	 * @param now the moment that a date in {@code Retry-After} is measured from
	 */
	static FcmFailure of(Exception exception, Instant now) {
		WithheldAnswerException withheld = find(exception, WithheldAnswerException.class);
		if (withheld != null) {
			return answer(withheld, now);
		}
		Retryable noToken = find(exception, Retryable.class);
		if (noToken != null) {
			return new NoAccessToken(noToken.isRetryable(), shortened(((Throwable) noToken).getMessage()));
		}
		if (exception instanceof FirebaseMessagingException refused && refused.getHttpResponse() != null) {
			return answer(refused, refused.getHttpResponse(), now);
		}
		if (find(exception, SocketTimeoutException.class) != null) {
			return new NoAnswer("Timeout");
		}
		return new NoAnswer(shortened(rootMessage(exception)));
	}

	private static FcmFailure answer(FirebaseMessagingException refused, IncomingHttpResponse response, Instant now) {
		int status = response.getStatusCode();
		if (status < 300) {
			return new NoAnswer("the answer was not understood");
		}
		return new Answer(status, refused.getMessagingErrorCode(), shortened(refused.getMessage()),
				retryAfter(response, now));
	}

	private static @Nullable Duration retryAfter(IncomingHttpResponse response, Instant now) {
		// The SDK keeps header names in lower case and values in lists.
		return response.getHeaders().get("retry-after") instanceof List<?> values && !values.isEmpty()
				? RetryAfter.parse(String.valueOf(values.getFirst()), now) : null;
	}

	private static Answer answer(WithheldAnswerException withheld, Instant now) {
		JsonNode error = error(withheld.body());
		String message = error.path("message").asString(withheld.body());
		return new Answer(withheld.status(), code(error.path("details")).orElse(null), shortened(message),
				RetryAfter.parse(withheld.retryAfter(), now));
	}

	private static JsonNode error(String body) {
		try {
			return HeraldJson.mapper().readTree(body).path("error");
		}
		catch (JacksonException ignored) {
			return HeraldJson.mapper().missingNode();
		}
	}

	private static Optional<MessagingErrorCode> code(JsonNode details) {
		return details.valueStream()
			.filter(detail -> FCM_ERROR_TYPE.equals(detail.path("@type").asString("")))
			.map(detail -> detail.path("errorCode").asString(""))
			.flatMap(name -> List.of(MessagingErrorCode.values()).stream().filter(code -> code.name().equals(name)))
			.findFirst();
	}

	private static <T> @Nullable T find(Throwable thrown, Class<T> type) {
		Throwable current = thrown;
		for (int depth = 0; current != null && depth < 16; depth++) {
			if (type.isInstance(current)) {
				return type.cast(current);
			}
			current = current.getCause();
		}
		return null;
	}

	private static String rootMessage(Throwable thrown) {
		Throwable root = thrown;
		for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
			root = root.getCause();
		}
		return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
	}

	/** Reasons travel in reports and are stored: an HTML page is not wanted there. */
	private static String shortened(@Nullable String message) {
		String text = message == null ? "" : WHITESPACE.matcher(message.strip()).replaceAll(" ");
		return text.length() <= 200 ? text : text.substring(0, 200);
	}

}
