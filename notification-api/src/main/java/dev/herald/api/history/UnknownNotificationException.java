package dev.herald.api.history;

import dev.herald.common.identity.NotificationId;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A notification that is not kept, or no longer: 404. */
final class UnknownNotificationException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	UnknownNotificationException(NotificationId id) {
		super(HttpStatus.NOT_FOUND,
				ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "notification %s is not known".formatted(id)),
				null);
	}

}
