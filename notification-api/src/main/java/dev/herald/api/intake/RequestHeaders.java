package dev.herald.api.intake;

import dev.herald.api.idempotency.IdempotencyKey;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.base.request.RequestSubject;
import dev.herald.common.device.DeviceQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the headers of a request say. */
public final class RequestHeaders {

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private final HttpServletRequest request;

	/** The headers of one request. */
	public RequestHeaders(HttpServletRequest request) {
		this.request = request;
	}

	/**
	 * Who is to be reached.
	 * @throws InvalidFieldException if a header is missing, malformed, or given twice and
	 * differently
	 */
	DeviceQuery recipient() {
		return RequestSubject.query(request);
	}

	/**
	 * The request's idempotency key, if it has one.
	 * @param caller the name of the caller's API key
	 * @throws InvalidFieldException if it is malformed, or given twice and differently
	 */
	public @Nullable IdempotencyKey idempotencyKey(String caller) {
		List<String> values = Collections.list(request.getHeaders(IDEMPOTENCY_KEY)).stream().distinct().toList();
		if (values.isEmpty()) {
			return null;
		}
		if (values.size() > 1) {
			throw new InvalidFieldException(IDEMPOTENCY_KEY,
					"the header %s must have one value, but has %d".formatted(IDEMPOTENCY_KEY, values.size()));
		}
		try {
			return new IdempotencyKey(caller, values.getFirst().strip());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException(IDEMPOTENCY_KEY, String.valueOf(ex.getMessage()));
		}
	}

}
