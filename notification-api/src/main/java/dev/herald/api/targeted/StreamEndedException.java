package dev.herald.api.targeted;

import dev.herald.common.identity.CampaignId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A stream that ended before its last line was taken. What was taken until then will be
 * sent, so the answer says how much and as which campaign.
 */
final class StreamEndedException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param taken how many lines the broker has confirmed; a few more may be with it
	 */
	StreamEndedException(HttpStatus status, String what, CampaignId campaign, long taken, @Nullable Throwable cause) {
		super(status, problem(status, what, campaign, taken), cause);
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Duration.ofSeconds(2).toSeconds()));
		}
	}

	private static ProblemDetail problem(HttpStatus status, String what, CampaignId campaign, long taken) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status,
				"%s; %d lines were taken until then and will be sent. The whole stream may be repeated under its Idempotency-Key: a pair that comes twice counts once"
					.formatted(what, taken));
		problem.setProperty("campaign_id", campaign.toString());
		problem.setProperty("taken", taken);
		return problem;
	}

}
