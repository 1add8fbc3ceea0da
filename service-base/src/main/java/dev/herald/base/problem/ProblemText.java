package dev.herald.base.problem;

import dev.herald.common.json.HeraldJson;
import org.springframework.http.HttpStatus;

/** Problem details for where no controller answers: filters and the web server. */
public final class ProblemText {

	private ProblemText() {
	}

	/** The JSON of one answer, as {@code application/problem+json}. */
	public static String of(HttpStatus status, String detail) {
		return HeraldJson.mapper()
			.createObjectNode()
			.put("detail", detail)
			.put("status", status.value())
			.put("title", status.getReasonPhrase())
			.toString();
	}

	/** What can be said of a request that got no further than the web server. */
	static String detail(HttpStatus status) {
		return switch (status) {
			case BAD_REQUEST ->
				"the request is not valid HTTP, or its method, path or headers hold what is not taken here";
			case NOT_FOUND -> "there is nothing at this path";
			case METHOD_NOT_ALLOWED -> "this method is not taken here";
			case REQUEST_HEADER_FIELDS_TOO_LARGE -> "the headers are larger than is taken here";
			case INTERNAL_SERVER_ERROR -> "an error of Herald's own; its log has the details";
			default -> status.getReasonPhrase();
		};
	}

}
