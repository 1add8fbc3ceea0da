package dev.herald.common.json;

import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignState;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.PageDone;
import dev.herald.common.campaign.PairEnding;
import dev.herald.common.campaign.PairReport;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.device.DeviceFilter;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.common.push.TokenInvalidation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every message that crosses the wire, as an object and as the JSON that each version of
 * Herald must go on writing and reading.
 */
enum GoldenMessage {

	PUSH_JOB("push-job", job(),
			Set.of("/collapse_key", "/content/badge", "/content/sound", "/content/image", "/first_tried_at")),

	PUSH_JOB_MINIMAL("push-job-minimal", minimalJob(), Set.of()),

	PUSH_JOB_OF_A_CAMPAIGN("push-job-of-a-campaign", campaignJob(),
			Set.of("/campaign_id", "/first_tried_at", "/not_before")),

	DELIVERY_REPORT("delivery-report",
			DeliveryReport.of(job(), DeliveryOutcome.ACCEPTED, "after a retry",
					"projects/acme/messages/0:1500415314455276%31bd1c9631bd1c96", ended()),
			Set.of("/reason", "/provider_message_id")),

	BROADCAST_LINK("broadcast-link",
			BroadcastLink.of(campaign(), 3, new ApplicationId("com.acme.rider"), Provider.FCM, 17), Set.of()),

	LINK_CLAIM_GRANTED("link-claim-granted",
			new LinkClaim.Granted(pageQuery(), job().content(), PushPriority.NORMAL, "sale-9",
					Instant.parse("2026-11-20T10:15:30.500Z"), Instant.parse("2026-11-21T10:15:30.500Z"), 940L),
			Set.of("/next_in_millis", "/collapse_key", "/page/filter/active_since", "/content/badge", "/content/sound",
					"/content/image")),

	LINK_CLAIM_LATER("link-claim-later", new LinkClaim.Later(250), Set.of()),

	LINK_CLAIM_OVER("link-claim-over", new LinkClaim.Over(), Set.of()),

	PAGE_DONE("page-done", new PageDone(17, 1017L, List.of(new RegistrationId(18), new RegistrationId(1017))),
			Set.of("/next")),

	CAMPAIGN_STATE("campaign-state",
			new CampaignState(campaign(), CampaignKind.TARGETED, CampaignStatus.RUNNING, 86_400, PushPriority.NORMAL,
					"news", Instant.parse("2026-11-20T10:15:30.500Z")),
			Set.of("/collapse_key")),

	TARGETED_PAIR("targeted-pair",
			new TargetedPair(new UserId("42"), "article-7", campaign(), Payload.parse("{\"list\": \"a\"}"), 3600,
					PushPriority.HIGH, "news"),
			Set.of("/campaign_id", "/payload", "/ttl_seconds", "/priority", "/collapse_key")),

	PAIR_REPORT("pair-report",
			new PairReport(PairReport.VERSION, campaign(), NotificationId.parse("01932c07-6a00-7abc-8def-0123456789ac"),
					new UserId("42"), new ApplicationId("com.acme.rider"), "article-7", PairEnding.QUEUED, "why",
					job().content(), PushPriority.NORMAL, "news", Instant.parse("2026-11-20T10:15:30.500Z"),
					Instant.parse("2026-11-21T10:15:30.500Z"), List.of(job().device())),
			Set.of("/reason", "/collapse_key", "/content/badge", "/content/sound", "/content/image")),

	DEVICE_PAGE_QUERY("device-page-query", pageQuery(), Set.of("/filter/active_since")),

	DEVICE_PAGE("device-page", new DevicePage(List.of(job().device()), 17L), Set.of("/next")),

	DEVICE_COUNT("device-count", new DeviceCount(1_000_000, 234_568L, 1_234_567), Set.of("/first")),

	TOKEN_INVALIDATION("token-invalidation", TokenInvalidation.of(job(), ended(), "UNREGISTERED"), Set.of()),

	DEAD_LETTER("dead-letter",
			DeadLetter.of(job(), "NoAnswer: connection refused", "10 attempts", Instant.parse("2026-11-20T10:15:31Z"),
					Instant.parse("2026-11-20T10:45:31.250Z")),
			Set.of("/job/collapse_key", "/job/content/badge", "/job/content/sound", "/job/content/image",
					"/job/first_tried_at")),

	DEVICE_LOOKUP("device-lookup",
			new DeviceLookup(List.of(new DeviceQuery(new UserId("42"), new ApplicationId("com.acme.rider")),
					new DeviceQuery(new UserId("43"), null))),
			Set.of("/queries/0/application_id")),

	DEVICE_LOOKUP_FOUND("device-lookup-found",
			new DeviceLookup.Found(List.of(List.of(job().device(), minimalJob().device()), List.of())), Set.of());

	private final String file;

	private final Object message;

	private final Set<String> optionalFields;

	GoldenMessage(String file, Object message, Set<String> optionalFields) {
		this.file = file;
		this.message = message;
		this.optionalFields = optionalFields;
	}

	Object message() {
		return message;
	}

	Class<?> type() {
		return message.getClass();
	}

	/** The fields that may be absent, as JSON pointers. */
	Set<String> optionalFields() {
		return optionalFields;
	}

	byte[] json() {
		String resource = "/golden/" + file + ".json";
		try (var in = Objects.requireNonNull(GoldenMessage.class.getResourceAsStream(resource), resource)) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A tree of the caller's own. */
	ObjectNode tree() {
		return (ObjectNode) HeraldJson.mapper().readTree(json());
	}

	static PushJob job() {
		Device device = new Device(new RegistrationId(17), new DeviceId("pixel-9"), new UserId("42"),
				new ApplicationId("com.acme.rider"), Provider.FCM,
				new DeviceToken("dQw4w9WgXcQ:APA91bHun4MxP5egoKMwt2KZFBaFUH"), Environment.PRODUCTION,
				Instant.parse("2026-11-20T08:00:00.123Z"));
		PushContent content = new PushContent("Your driver is here", "Zoë wartet am Abholpunkt 🚕", Payload.parse("""
				{"ride": {"id": 9007199254740993, "fare": 12.50, "stops": ["A", null, true]},
				 "emoji": "🚕\\u0000"}"""), 3, "horn.caf",
				URI.create("https://cdn.acme.example/driver.png?id=1&size=2"));
		return PushJob
			.first(NotificationId.parse("01932c07-6a00-7abc-8def-0123456789ab"), device, content, PushPriority.HIGH,
					"ride-9", Instant.parse("2026-11-20T10:15:30.500Z"), Instant.parse("2026-11-20T11:15:30.500Z"))
			.nextAttempt(Instant.parse("2026-11-20T10:15:31.250Z"), null);
	}

	private static PushJob minimalJob() {
		Device device = new Device(new RegistrationId(Long.MAX_VALUE), new DeviceId("8C9A-7"), new UserId("42"),
				new ApplicationId("com.acme.rider"), Provider.APNS,
				new DeviceToken("740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad"),
				Environment.SANDBOX, Instant.parse("2026-11-20T08:00:00Z"));
		return PushJob.first(NotificationId.parse("01932c07-6a00-7abc-8def-0123456789ab"), device,
				PushContent.of("Sale", "", Payload.EMPTY), PushPriority.NORMAL, null,
				Instant.parse("2026-11-20T10:15:30Z"), Instant.parse("2026-11-21T10:15:30Z"));
	}

	private static CampaignId campaign() {
		return CampaignId.parse("01932c07-6a00-7abc-8def-0123456789ab");
	}

	private static DevicePageQuery pageQuery() {
		return new DevicePageQuery(new ApplicationId("com.acme.rider"), Provider.FCM, 17, 1_000_000, 500,
				new DeviceFilter(List.of("de", "en-GB"), List.of("4.2.0"), Instant.parse("2026-10-21T10:15:30Z")));
	}

	private static PushJob campaignJob() {
		PushJob job = minimalJob().of(campaign());
		return new PushJob(job.version(), job.notificationId(), job.campaignId(), job.device(), job.content(),
				job.priority(), job.collapseKey(), job.acceptedAt(), job.expiresAt(), 2,
				Instant.parse("2026-11-20T10:15:31Z"), Instant.parse("2026-11-20T10:45:31Z"));
	}

	private static Instant ended() {
		return Instant.parse("2026-11-20T10:15:31.250Z");
	}

}
