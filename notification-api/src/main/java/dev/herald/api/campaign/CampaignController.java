package dev.herald.api.campaign;

import dev.herald.api.http.Deadline;
import dev.herald.base.database.ApiPool;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.CampaignId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows campaigns, and holds, resumes and cancels them; saying it twice is no error. */
@RestController
class CampaignController {

	private final Campaigns campaigns;

	private final Executor executor;

	private final Clock clock;

	CampaignController(@ApiPool Campaigns campaigns, @Qualifier("blockingCalls") Executor executor, Clock clock) {
		this.campaigns = campaigns;
		this.executor = executor;
		this.clock = clock;
	}

	@GetMapping(path = "/campaign/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Shows a campaign and how far it is")
	@ApiResponse(responseCode = "200", description = "The campaign")
	@ApiResponse(responseCode = "404", description = "Not known, or no longer", content = @Content)
	CampaignView show(@PathVariable("id") String text) {
		CampaignId id = parsed(text);
		return inTime(() -> view(id));
	}

	@PostMapping(path = "/campaign/{id}/pause", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Holds a campaign", description = "What is in the queues already is still sent.")
	@ApiResponse(responseCode = "200", description = "It is paused")
	@ApiResponse(responseCode = "404", description = "Not known, or no longer", content = @Content)
	@ApiResponse(responseCode = "409", description = "It is over", content = @Content)
	CampaignView pause(@PathVariable("id") String text) {
		return change(text, "paused", EnumSet.of(CampaignStatus.PAUSED), campaigns::pause);
	}

	@PostMapping(path = "/campaign/{id}/resume", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Lets a paused campaign go on")
	@ApiResponse(responseCode = "200", description = "It goes on")
	@ApiResponse(responseCode = "404", description = "Not known, or no longer", content = @Content)
	@ApiResponse(responseCode = "409", description = "It is over", content = @Content)
	CampaignView resume(@PathVariable("id") String text) {
		return change(text, "resumed", EnumSet.of(CampaignStatus.SCHEDULED, CampaignStatus.RUNNING),
				id -> campaigns.resume(id, clock.instant()));
	}

	@PostMapping(path = "/campaign/{id}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Ends a campaign before its time",
			description = "What is in the queues already is still sent.")
	@ApiResponse(responseCode = "200", description = "It is cancelled")
	@ApiResponse(responseCode = "404", description = "Not known, or no longer", content = @Content)
	@ApiResponse(responseCode = "409", description = "It has ended", content = @Content)
	CampaignView cancel(@PathVariable("id") String text) {
		return change(text, "cancelled", EnumSet.of(CampaignStatus.CANCELLED),
				id -> campaigns.cancel(id, clock.instant()));
	}

	/**
	 * @param settled the statuses in which there is nothing to do
	 */
	private CampaignView change(String text, String wanted, Set<CampaignStatus> settled, Predicate<CampaignId> change) {
		CampaignId id = parsed(text);
		return inTime(() -> {
			boolean changed = change.test(id);
			CampaignView now = view(id);
			if (!changed && !settled.contains(now.status())) {
				throw new CampaignConflictException(id, now.status(), wanted);
			}
			return now;
		});
	}

	private CampaignView view(CampaignId id) {
		Campaign campaign = campaigns.find(id).orElseThrow(() -> new UnknownCampaignException(id));
		CampaignBooks books = campaigns.books(id).orElseThrow(() -> new UnknownCampaignException(id));
		return CampaignView.of(campaign, books, campaigns.openChains(id));
	}

	/**
	 * A connection that hangs would otherwise hold a caller until its socket gives up.
	 */
	private CampaignView inTime(Call call) {
		return Deadline.ofNewRequest()
			.await(CompletableFuture.supplyAsync(() -> answer(call), executor), "the database")
			.get();
	}

	/** What the caller is to be told is no outage of the database. */
	private static Answer answer(Call call) {
		try {
			CampaignView view = call.run();
			return () -> view;
		}
		catch (UnknownCampaignException | CampaignConflictException ex) {
			return () -> {
				throw ex;
			};
		}
	}

	private static CampaignId parsed(String text) {
		try {
			return CampaignId.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException("campaign_id", String.valueOf(ex.getMessage()));
		}
	}

	@FunctionalInterface
	private interface Call {

		CampaignView run();

	}

	@FunctionalInterface
	private interface Answer {

		CampaignView get();

	}

}
