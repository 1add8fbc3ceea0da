package dev.herald.api.campaign;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts broadcasts that are due, gives their links to the broker, and ends them. Each
 * step is a condition on a row, so several instances may take it at once, and what one
 * left half-way the next tick goes on with: a link that is published twice is claimed
 * once.
 */
final class CampaignStarter implements Runnable {

	/** Firebase: an audience beyond this is one to be careful with. */
	static final int LARGE = 10_000;

	private static final Logger log = LoggerFactory.getLogger(CampaignStarter.class);

	private static final int MOST_AT_ONCE = 10;

	/** Firebase asks for at least a minute. */
	private static final Duration RAMP_UP_OF_LARGE = Duration.ofSeconds(60);

	private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(5);

	private static final Duration SAMPLE = Duration.ofSeconds(2);

	private final Campaigns campaigns;

	private final JdbcChains chains;

	private final TransactionTemplate transactions;

	private final TokenStoreClient tokenStore;

	private final ApplicationsFile applications;

	private final ConfirmedPublisher publisher;

	private final CampaignProperties properties;

	private final Clock clock;

	private final AtomicInteger running = new AtomicInteger();

	CampaignStarter(Campaigns campaigns, JdbcChains chains, TransactionTemplate transactions,
			TokenStoreClient tokenStore, ApplicationsFile applications, ConfirmedPublisher publisher,
			CampaignProperties properties, Clock clock) {
		this.campaigns = campaigns;
		this.chains = chains;
		this.transactions = transactions;
		this.tokenStore = tokenStore;
		this.applications = applications;
		this.publisher = publisher;
		this.properties = properties;
		this.clock = clock;
	}

	/** How many broadcasts were running at the last look. */
	int running() {
		return running.get();
	}

	/** One look at everything; never throws, since the schedule would end with it. */
	@Override
	public void run() {
		try {
			campaigns.due(clock.instant(), MOST_AT_ONCE).forEach(id -> attempt(id, this::start));
			List<CampaignId> under = campaigns.withStatus(CampaignKind.BROADCAST, CampaignStatus.RUNNING);
			running.set(under.size());
			under.forEach(id -> attempt(id, this::tend));
		}
		catch (RuntimeException ex) {
			log.warn("Cannot look for campaigns, and will again: {}", ex.getMessage());
		}
	}

	/** One campaign's trouble is its own. */
	private static void attempt(CampaignId id, Consumer<CampaignId> step) {
		try {
			step.accept(id);
		}
		catch (RuntimeException ex) {
			log.warn("Campaign {} could not go on, and will be tried again: {}", id, ex.getMessage());
		}
	}

	private void start(CampaignId id) {
		Campaign campaign = campaigns.find(id).orElse(null);
		if (campaign == null) {
			return;
		}
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<Audience> audiences = audiences(campaign, now);
		Instant kept = keptOff(audiences, now);
		if (kept.isAfter(now)) {
			campaigns.putOff(id, kept);
			log.info("Campaign {} waits until {}, when the busy minutes are over", id, kept);
			return;
		}
		start(campaign, audiences, clock.instant().truncatedTo(ChronoUnit.MILLIS));
	}

	private Instant keptOff(List<Audience> audiences, Instant now) {
		boolean large = devices(audiences.stream().filter(one -> one.provider() == Provider.FCM).toList()) > LARGE;
		return properties.keepOffQuarterHours() && large ? QuarterHours.keptOff(now) : now;
	}

	private List<Audience> audiences(Campaign campaign, Instant now) {
		Applications current = applications.current();
		List<Audience> audiences = new ArrayList<>();
		for (ApplicationId id : campaign.applications()) {
			current.find(id).map(Application::providers).ifPresent(providers -> {
				providers.stream()
					.filter(campaign.filter()::includes)
					.map(provider -> audience(campaign, id, provider, now))
					.filter(audience -> audience.count().devices() > 0)
					.forEach(audiences::add);
			});
		}
		return audiences;
	}

	private Audience audience(Campaign campaign, ApplicationId application, Provider provider, Instant now) {
		DeviceCount count = tokenStore.count(new DevicePageQuery(application, provider, 0, Long.MAX_VALUE,
				DevicePageQuery.MAX_LIMIT, campaign.filter().startingAt(now)));
		return new Audience(application, provider, count);
	}

	private static long devices(List<Audience> audiences) {
		return audiences.stream().mapToLong(audience -> audience.count().devices()).sum();
	}

	private void start(Campaign campaign, List<Audience> audiences, Instant now) {
		CampaignId id = campaign.id();
		long devices = devices(audiences);
		Duration rampUp = Objects.requireNonNullElse(campaign.rampUp(),
				devices > LARGE ? RAMP_UP_OF_LARGE : Duration.ZERO);
		List<Chain> first = new ArrayList<>();
		for (Audience audience : audiences) {
			first.addAll(audience.chains(id, first.size(), properties.chains(), now));
		}
		transactions.executeWithoutResult(transaction -> {
			if (campaigns.start(id, now, rampUp)) {
				chains.insert(first);
				campaigns.count(id, books -> new Tally().add(CampaignCounter.DEVICES_ESTIMATED, devices));
				log.info("Campaign {} starts for about {} devices in {} chains", id, devices, first.size());
			}
		});
	}

	private void tend(CampaignId id) {
		List<Chain> open = chains.unfinished(id);
		CampaignBooks books = campaigns.books(id).orElseThrow();
		if (open.isEmpty() && books.pending() == 0) {
			if (campaigns.end(id, clock.instant())) {
				log.info("Campaign {} has ended: {}", id, books.counts());
			}
			return;
		}
		publish(open.stream().filter(chain -> chain.wantsLink(clock.instant())).toList());
		sample(id, books);
	}

	private void publish(List<Chain> waiting) {
		if (waiting.isEmpty()) {
			return;
		}
		publisher.publishAll(waiting.stream().map(Chain::link).map(OutgoingMessage::link).toList())
			.orTimeout(CONFIRM_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.join();
		waiting.forEach(chain -> chains.published(chain, clock.instant()));
	}

	private void sample(CampaignId id, CampaignBooks books) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		long millis = Duration.between(books.sampledAt(), now).toMillis();
		if (millis >= SAMPLE.toMillis()) {
			campaigns.sample(id, now, books.ended(),
					Math.max(0, books.ended() - books.sampledEnded()) * 1000.0 / millis);
		}
	}

}
