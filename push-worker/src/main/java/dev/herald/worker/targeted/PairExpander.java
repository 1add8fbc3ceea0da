package dev.herald.worker.targeted;

import dev.herald.base.applications.Application;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.http.ServiceException;
import dev.herald.base.tokenstore.LookupPurpose;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.campaign.CampaignState;
import dev.herald.common.campaign.PairEnding;
import dev.herald.common.campaign.PairReport;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.Payload;
import dev.herald.common.push.ProviderMessageSize;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.worker.content.ArticleAnswer;
import dev.herald.worker.content.ArticleCache;
import dev.herald.worker.credit.JobCredit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says for each pair of one application what is to be done about it now: it has ended, it
 * comes again later, or it is held. For use by one thread.
 */
final class PairExpander {

	/** How long a batch waits for articles that are being loaded. */
	private static final Duration ARTICLE_PATIENCE = Duration.ofMillis(250);

	private final Application application;

	private final @Nullable ArticleCache articles;

	private final CampaignStates campaigns;

	private final TokenStoreClient tokenStore;

	private final JobCredit credit;

	private final TargetedProperties properties;

	private final Clock clock;

	/**
	 * @param articles null if the application has no content service
	 */
	PairExpander(Application application, @Nullable ArticleCache articles, CampaignStates campaigns,
			TokenStoreClient tokenStore, JobCredit credit, TargetedProperties properties, Clock clock) {
		this.application = application;
		this.articles = articles;
		this.campaigns = campaigns;
		this.tokenStore = tokenStore;
		this.credit = credit;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * What the pairs come to.
	 *
	 * @param steps one for each pair, in their order
	 */
	record Expansion(Map<ReceivedPair, PairStep> steps,
			Map<Provider, JobCredit.Reservation> reservations) implements AutoCloseable {

		/** The jobs are with the broker. */
		void published(Map<Provider, Integer> jobs) {
			jobs.forEach((provider, count) -> {
				JobCredit.Reservation reservation = reservations.get(provider);
				if (reservation != null) {
					reservation.queued(count);
				}
			});
		}

		@Override
		public void close() {
			reservations.values().forEach(JobCredit.Reservation::close);
		}

	}

	/** A pair whose article is there. */
	private record Ready(ReceivedPair received, Terms terms, PushContent content) {
	}

	/**
	 * Goes through a batch.
	 * @param pairs at most as many as one look-up takes
	 * @return the caller publishes what it says, and closes it then
	 */
	Expansion expand(List<ReceivedPair> pairs) {
		Map<ReceivedPair, PairStep> steps = new LinkedHashMap<>();
		Map<ReceivedPair, Terms> wanted = new LinkedHashMap<>();
		for (ReceivedPair received : pairs) {
			admit(received, steps, wanted);
		}
		List<Ready> ready = withArticles(wanted, steps);
		return withDevices(ready, steps);
	}

	private void admit(ReceivedPair received, Map<ReceivedPair, PairStep> steps, Map<ReceivedPair, Terms> wanted) {
		switch (campaigns.of(received.campaign())) {
			case CampaignStates.Answer.Away away -> steps.put(received, new PairStep.Hold(away.reason()));
			case CampaignStates.Answer.Unknown() -> {
				if (received.pair().campaignId() == null) {
					// A standing campaign is known from its first report on.
					admit(received, null, steps, wanted);
				}
				else {
					steps.put(received,
							end(received, Terms.of(received, null), PairEnding.GIVEN_UP,
									"campaign %s is not known".formatted(received.pair().campaignId()), null, List.of(),
									received.standingCampaign()));
				}
			}
			case CampaignStates.Answer.Known(CampaignState state) -> {
				switch (state.status()) {
					case SCHEDULED, PAUSED -> steps.put(received,
							new PairStep.Hold("campaign %s is %s".formatted(state.campaignId(), state.status())));
					case CANCELLED ->
						steps.put(received, end(received, Terms.of(received, state), PairEnding.CANCELLED, null));
					// One that has ended still takes what comes late.
					case RUNNING, ENDED -> admit(received, state, steps, wanted);
				}
			}
		}
	}

	private void admit(ReceivedPair received, @Nullable CampaignState state, Map<ReceivedPair, PairStep> steps,
			Map<ReceivedPair, Terms> wanted) {
		Terms terms = Terms.of(received, state);
		if (!clock.instant().isBefore(terms.expiresAt())) {
			steps.put(received, end(received, terms, PairEnding.EXPIRED, null));
		}
		else if (articles == null) {
			steps.put(received, end(received, terms, PairEnding.GIVEN_UP,
					"application %s has no content_service in the applications file".formatted(application.id())));
		}
		else {
			wanted.put(received, terms);
		}
	}

	private List<Ready> withArticles(Map<ReceivedPair, Terms> wanted, Map<ReceivedPair, PairStep> steps) {
		List<Ready> ready = new ArrayList<>();
		Map<ReceivedPair, CompletableFuture<ArticleAnswer>> asked = ask(wanted.keySet());
		asked.forEach((received, answer) -> {
			Terms terms = wanted.get(received);
			if (terms == null) {
				throw new IllegalStateException("every pair that is asked for is wanted");
			}
			ArticleAnswer known = answer.getNow(null);
			if (known == null) {
				steps.put(received, new PairStep.Hold("articles are being loaded"));
				return;
			}
			switch (known) {
				case ArticleAnswer.Found found -> prepare(received, terms, found.content(), steps, ready);
				case ArticleAnswer.Missing missing ->
					steps.put(received, end(received, terms, PairEnding.NO_ARTICLE, missing.reason()));
				case ArticleAnswer.Unusable unusable ->
					steps.put(received, end(received, terms, PairEnding.GIVEN_UP, unusable.reason()));
				case ArticleAnswer.Unavailable unavailable ->
					steps.put(received, afterFailure(received, terms, unavailable.reason()));
				case ArticleAnswer.NotAsked() ->
					steps.put(received, new PairStep.Hold("the content service fails and is left alone for a while"));
			}
		});
		return ready;
	}

	private Map<ReceivedPair, CompletableFuture<ArticleAnswer>> ask(Set<ReceivedPair> wanted) {
		Map<ReceivedPair, CompletableFuture<ArticleAnswer>> asked = new LinkedHashMap<>();
		ArticleCache cache = articles;
		if (cache == null) {
			return asked;
		}
		wanted.forEach(received -> asked.put(received, cache.get(received.pair().articleId())));
		try {
			CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
				.get(ARTICLE_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			// Those that are not there yet are held.
			return asked;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("asking for an article never fails but by its answer", ex);
		}
		return asked;
	}

	private void prepare(ReceivedPair received, Terms terms, PushContent article, Map<ReceivedPair, PairStep> steps,
			List<Ready> ready) {
		Payload own = received.pair().payload();
		if (own == null) {
			// The cache has measured the article.
			ready.add(new Ready(received, terms, article));
			return;
		}
		PushContent content = merged(article, own);
		ProviderMessageSize.excess(content, application.providers())
			.ifPresentOrElse(excess -> steps.put(received, tooLarge(received, terms, excess)),
					() -> ready.add(new Ready(received, terms, content)));
	}

	private PairStep tooLarge(ReceivedPair received, Terms terms, ProviderMessageSize.Excess excess) {
		return end(received, terms, PairEnding.GIVEN_UP,
				"article and payload together take %d bytes at %s, which takes %d at most".formatted(excess.bytes(),
						excess.provider(), ProviderMessageSize.LIMIT));
	}

	private static PushContent merged(PushContent article, Payload own) {
		ObjectNode both = article.payload().toTree();
		both.setAll(own.toTree());
		return new PushContent(article.title(), article.message(), Payload.of(both), article.badge(), article.sound(),
				article.image());
	}

	private PairStep afterFailure(ReceivedPair received, Terms terms, String reason) {
		Instant now = clock.instant();
		Instant since = received.firstFailedAt();
		return since != null && !now.isBefore(since.plus(properties.giveUpAfter()))
				? end(received, terms, PairEnding.GIVEN_UP,
						"no article for %s since %s: %s".formatted(properties.giveUpAfter(), since, reason))
				: new PairStep.Later(received.afterFailure(now));
	}

	private Expansion withDevices(List<Ready> ready, Map<ReceivedPair, PairStep> steps) {
		if (ready.isEmpty()) {
			return new Expansion(steps, Map.of());
		}
		List<List<Device>> found;
		try {
			found = tokenStore.lookUp(ready.stream()
				.map(pair -> new DeviceQuery(pair.received().pair().userId(), application.id()))
				.toList(), LookupPurpose.CAMPAIGN);
		}
		catch (ServiceException ex) {
			ready.forEach(pair -> steps.put(pair.received(), new PairStep.Hold(String.valueOf(ex.getMessage()))));
			return new Expansion(steps, Map.of());
		}
		Map<Ready, List<Device>> devices = new LinkedHashMap<>();
		for (int i = 0; i < ready.size(); i++) {
			devices.put(ready.get(i),
					found.get(i).stream().filter(it -> application.providers().contains(it.provider())).toList());
		}
		Map<Provider, JobCredit.Reservation> reservations = reserve(devices);
		devices.forEach((pair, its) -> steps.put(pair.received(), send(pair, its, reservations.keySet())));
		return new Expansion(steps, reservations);
	}

	private Map<Provider, JobCredit.Reservation> reserve(Map<Ready, List<Device>> devices) {
		Map<Provider, Integer> jobs = new EnumMap<>(Provider.class);
		devices.values().forEach(its -> its.forEach(device -> jobs.merge(device.provider(), 1, Integer::sum)));
		Map<Provider, JobCredit.Reservation> reservations = new EnumMap<>(Provider.class);
		jobs.forEach((provider, count) -> credit.reserve(application.id(), provider, count)
			.ifPresent(reservation -> reservations.put(provider, reservation)));
		return reservations;
	}

	private PairStep send(Ready ready, List<Device> devices, Set<Provider> withRoom) {
		ReceivedPair received = ready.received();
		if (devices.isEmpty()) {
			return end(received, ready.terms(), PairEnding.NO_DEVICES, null, ready.content(), List.of(),
					received.campaign());
		}
		Set<Provider> full = devices.stream()
			.map(Device::provider)
			.filter(provider -> !withRoom.contains(provider))
			.collect(Collectors.toSet());
		if (full.stream().anyMatch(provider -> isMoving(received, provider))) {
			return new PairStep.Hold("the job queues are full");
		}
		// What nobody works on must not hold up the other provider's pushes: whoever has
		// devices at both gets the one now, and the other when it is mended.
		boolean nowhereToGo = devices.stream().allMatch(device -> full.contains(device.provider()));
		return nowhereToGo ? new PairStep.Later(received.later(RetryDelay.ONE_MINUTE))
				: end(received, ready.terms(), PairEnding.QUEUED, null, ready.content(), devices, received.campaign());
	}

	private boolean isMoving(ReceivedPair received, Provider provider) {
		return received.heldFor().compareTo(properties.waitForRoom()) < 0
				&& credit.isConsumed(application.id(), provider);
	}

	private PairStep end(ReceivedPair received, Terms terms, PairEnding ending, @Nullable String reason) {
		return end(received, terms, ending, reason, null, List.of(), received.campaign());
	}

	private PairStep end(ReceivedPair received, Terms terms, PairEnding ending, @Nullable String reason,
			@Nullable PushContent content, List<Device> devices, CampaignId campaign) {
		List<OutgoingMessage> messages = new ArrayList<>();
		Instant acceptedAt = received.headers().acceptedAt();
		if (content != null) {
			for (Device device : devices) {
				messages.add(OutgoingMessage.job(
						PushJob
							.first(received.notification(), device, content, terms.priority(), terms.collapseKey(),
									acceptedAt, terms.expiresAt())
							.of(campaign)));
			}
		}
		messages.add(OutgoingMessage.pairReport(new PairReport(PairReport.VERSION, campaign, received.notification(),
				received.pair().userId(), application.id(), received.pair().articleId(), ending, reason, content,
				terms.priority(), terms.collapseKey(), acceptedAt, terms.expiresAt(), devices)));
		return new PairStep.End(ending, messages);
	}

}
