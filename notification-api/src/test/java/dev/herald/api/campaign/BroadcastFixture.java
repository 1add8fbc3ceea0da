package dev.herald.api.campaign;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.PageDone;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Broadcasts to work with, past their intake and start. */
final class BroadcastFixture {

	static final Instant NOON = Instant.parse("2026-11-20T12:00:00.500Z");

	private final RunningApi api;

	BroadcastFixture(RunningApi api) {
		this.api = api;
	}

	Campaigns campaigns() {
		return api.bean("campaignsOfWorkers", Campaigns.class);
	}

	/**
	 * A running broadcast over this many registrations, from 1 on, in one chain. The
	 * service itself looks for campaigns to start and to end, and must see it whole.
	 */
	CampaignId running(long last, @Nullable Integer ratePerSecond, @Nullable Duration rampUp) {
		CampaignId id = CampaignId.create();
		api.bean("workerTransactions", TransactionTemplate.class)
			.executeWithoutResult(transaction -> keepRunning(id, last, ratePerSecond, rampUp));
		return id;
	}

	private void keepRunning(CampaignId id, long last, @Nullable Integer ratePerSecond, @Nullable Duration rampUp) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		campaigns().keep(new Campaign(id, CampaignKind.BROADCAST, CampaignStatus.SCHEDULED,
				List.of(new ApplicationId(RunningApi.RIDER)), PushPriority.NORMAL, "sale",
				PushContent.of("Sale", "", Payload.EMPTY), CampaignFilter.NONE, Duration.ofHours(1), ratePerSecond,
				rampUp, now, now.plus(Duration.ofDays(1)), null, null, null));
		campaigns().start(id, now, rampUp == null ? Duration.ZERO : rampUp);
		Audience audience = new Audience(new ApplicationId(RunningApi.RIDER), Provider.FCM,
				new DeviceCount(last, 1L, last));
		api.bean(JdbcChains.class).insert(audience.chains(id, 0, 1, now));
	}

	LinkClaim claim(CampaignId id, long after) {
		Answer answer = api.client()
			.post("/internal/campaigns/%s/chains/0/claim?after=%d".formatted(id, after), RunningApi.WORKER_KEY, "");
		if (answer.status() != 200) {
			throw new AssertionError("expected 200, but was " + answer);
		}
		return HeraldJson.read(answer.text().getBytes(StandardCharsets.UTF_8), LinkClaim.class);
	}

	Answer done(CampaignId id, long after, @Nullable Long next, long... queued) {
		PageDone page = new PageDone(after, next, LongStream.of(queued).mapToObj(RegistrationId::new).toList());
		return api.client()
			.post("/internal/campaigns/%s/chains/0/done".formatted(id), RunningApi.WORKER_KEY,
					new String(HeraldJson.write(page), StandardCharsets.UTF_8));
	}

	DeliveryReport report(CampaignId id, long registration, DeliveryOutcome outcome, int seconds) {
		return report(id, id.broadcastNotification(), registration, outcome, seconds);
	}

	DeliveryReport report(CampaignId id, NotificationId notification, long registration, DeliveryOutcome outcome,
			int seconds) {
		return new DeliveryReport(DeliveryReport.VERSION, notification, id, new RegistrationId(registration),
				new DeviceId("device-" + registration), new ApplicationId(RunningApi.RIDER), Provider.FCM, outcome,
				outcome == DeliveryOutcome.ACCEPTED ? null : "because", null, 1, NOON.plusSeconds(seconds));
	}

	void publish(DeliveryReport report) {
		api.queues().put(BrokerTopology.CAMPAIGN_REPORTS, HeraldJson.write(report));
	}

	JsonNode shown(CampaignId id) {
		Answer answer = client().get("/campaign/" + id);
		if (answer.status() != 200) {
			throw new AssertionError("expected 200, but was " + answer);
		}
		return answer.json();
	}

	ApiClient client() {
		return api.client();
	}

	/** The counts of jobs, those that are zero left out. */
	String jobs(CampaignId id) {
		CampaignBooks books = campaigns().books(id).orElseThrow();
		StringBuilder text = new StringBuilder("queued=" + books.of(CampaignCounter.QUEUED));
		for (CampaignCounter counter : CampaignCounter.ENDINGS) {
			if (books.of(counter) != 0) {
				text.append(' ').append(counter.column()).append('=').append(books.of(counter));
			}
		}
		return text.toString();
	}

}
