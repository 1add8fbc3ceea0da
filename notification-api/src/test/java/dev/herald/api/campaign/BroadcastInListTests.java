package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeliveryOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What workers say of a broadcast is what its users see in their lists. */
class BroadcastInListTests {

	private final RunningApi api = RunningApi.shared();

	private final BroadcastFixture broadcasts = new BroadcastFixture(api);

	private final String user = ApiClient.newUser();

	@Test
	void aBroadcastIsInTheListOnceItsPageIsDoneAndShowsHowItEnded() {
		long phone = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM).registrationId().value();
		long tablet = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM).registrationId().value();
		CampaignId id = broadcasts.running(tablet + 100, null, null);
		assertThat(entry(id).isMissingNode()).isTrue();

		broadcasts.done(id, 0, null, phone, tablet);
		assertThat(entry(id).at("/books/pending").intValue()).isEqualTo(2);
		api.bean(CampaignReports.class)
			.take(List.of(broadcasts.report(id, phone, DeliveryOutcome.ACCEPTED, 0),
					broadcasts.report(id, tablet, DeliveryOutcome.TOKEN_INVALID, 0)));

		assertThat(entry(id).path("status").stringValue()).isEqualTo("ended");
		assertThat(entry(id).at("/books/accepted").intValue()).isEqualTo(1);
		assertThat(entry(id).at("/books/token_invalid").intValue()).isEqualTo(1);
	}

	private JsonNode entry(CampaignId id) {
		JsonNode page = api.client().get("/notifications?user_id=%s&campaign_id=%s".formatted(user, id)).json();
		assertThat(page.has("notifications")).as("%s", page).isTrue();
		return page.path("notifications").path(0);
	}

}
