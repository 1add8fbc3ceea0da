package dev.herald.api.campaign;

import dev.herald.base.database.WorkerPool;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.campaign.CampaignState;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.PageDone;
import dev.herald.common.identity.CampaignId;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What push workers ask of campaigns, on the worker pool alone. */
@Hidden
@RestController
@RequestMapping("/internal/campaigns/{id}")
class InternalCampaignController {

	private final Campaigns campaigns;

	private final ChainClaims claims;

	InternalCampaignController(@WorkerPool Campaigns campaigns, ChainClaims claims) {
		this.campaigns = campaigns;
		this.claims = claims;
	}

	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	CampaignState state(@PathVariable("id") String text) {
		CampaignId id = parsed(text);
		return campaigns.find(id).map(Campaign::state).orElseThrow(() -> new UnknownCampaignException(id));
	}

	@PostMapping(path = "/chains/{chain}/claim", produces = MediaType.APPLICATION_JSON_VALUE)
	LinkClaim claim(@PathVariable("id") String id, @PathVariable int chain, @RequestParam long after) {
		return claims.claim(parsed(id), chain, after);
	}

	@PostMapping("/chains/{chain}/done")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void done(@PathVariable("id") String id, @PathVariable int chain, @RequestBody PageDone page) {
		claims.done(parsed(id), chain, page);
	}

	private static CampaignId parsed(String text) {
		try {
			return CampaignId.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException("campaign_id", String.valueOf(ex.getMessage()));
		}
	}

}
