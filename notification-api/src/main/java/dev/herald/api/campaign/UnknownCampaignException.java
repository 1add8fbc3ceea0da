package dev.herald.api.campaign;

import dev.herald.common.identity.CampaignId;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A campaign that is not kept, or no longer: 404. */
public final class UnknownCampaignException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param id the one asked for
	 */
	public UnknownCampaignException(CampaignId id) {
		super(HttpStatus.NOT_FOUND,
				ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "campaign %s is not known".formatted(id)), null);
	}

}
