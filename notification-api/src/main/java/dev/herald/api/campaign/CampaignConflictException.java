package dev.herald.api.campaign;

import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.CampaignId;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A campaign that cannot become what it was told to: 409. */
final class CampaignConflictException extends ErrorResponseException {

	private static final long serialVersionUID = 1L;

	CampaignConflictException(CampaignId id, CampaignStatus status, String wanted) {
		super(HttpStatus.CONFLICT, ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
				"campaign %s is %s and cannot be %s".formatted(id, status, wanted)), null);
	}

}
