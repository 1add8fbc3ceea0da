package dev.herald.api.intake;

import dev.herald.common.push.ProviderMessageSize;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A notification that a provider would refuse for its size: 413. */
public final class PayloadTooLargeException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	PayloadTooLargeException(ProviderMessageSize.Excess excess) {
		super(HttpStatus.CONTENT_TOO_LARGE,
				ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE,
						"%s takes at most %d bytes of title, message, payload and the rest, but these have %d or more"
							.formatted(excess.provider(), ProviderMessageSize.LIMIT, excess.bytes())),
				null);
	}

}
