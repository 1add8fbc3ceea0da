package dev.herald.common.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PairIdentityTests {

	private static final CampaignId CAMPAIGN = CampaignId.parse("01932c07-6a00-7abc-8def-0123456789ab");

	private static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	@Test
	void thePairThatComesAgainIsTheSameNotificationInTheFormOfUuid7() {
		NotificationId id = PairIdentity.inCampaign(CAMPAIGN, new UserId("42"), "a");

		assertThat(id).isEqualTo(PairIdentity.inCampaign(CAMPAIGN, new UserId("42"), "a"));
		assertThat(id.value().version()).isEqualTo(7);
		assertThat(id.value().variant()).isEqualTo(2);
		assertThat(id.createdAt()).isEqualTo(new NotificationId(CAMPAIGN.value()).createdAt());
	}

	@Test
	void anotherUserArticleOrCampaignIsAnotherNotification() {
		Set<NotificationId> ids = new HashSet<>();
		ids.add(PairIdentity.inCampaign(CAMPAIGN, new UserId("42"), "a"));
		ids.add(PairIdentity.inCampaign(CAMPAIGN, new UserId("42"), "b"));
		ids.add(PairIdentity.inCampaign(CAMPAIGN, new UserId("43"), "a"));
		ids.add(PairIdentity.inCampaign(CampaignId.create(), new UserId("42"), "a"));
		ids.add(PairIdentity.inCampaign(CAMPAIGN, new UserId("4"), "2a"));

		assertThat(ids).hasSize(5);
	}

	@Test
	void aPairOfTheQueueIsOfItsHourAndItsStandingCampaignOfItsDay() {
		Instant early = Instant.parse("2026-11-21T10:00:00.001Z");
		Instant late = Instant.parse("2026-11-21T10:59:59.999Z");
		Instant next = Instant.parse("2026-11-21T11:00:00Z");
		CampaignId standing = PairIdentity.standingCampaign(RIDER, early);

		assertThat(PairIdentity.standingCampaign(RIDER, next)).isEqualTo(standing);
		assertThat(PairIdentity.standingCampaign(RIDER, next.plusSeconds(86_400))).isNotEqualTo(standing);
		assertThat(PairIdentity.standingCampaign(new ApplicationId("com.acme.driver"), early)).isNotEqualTo(standing);
		assertThat(PairIdentity.createdAt(standing)).isEqualTo("2026-11-21T00:00:00Z");
		assertThat(notification(standing, early)).isEqualTo(notification(standing, late))
			.isNotEqualTo(notification(standing, next));
	}

	private static NotificationId notification(CampaignId campaign, Instant acceptedAt) {
		return PairIdentity.inStandingCampaign(campaign, new UserId("42"), "a", acceptedAt);
	}

}
