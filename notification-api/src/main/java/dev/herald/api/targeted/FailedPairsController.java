package dev.herald.api.targeted;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FailedPairsController {

	private static final int MAX_PAGE = 1000;

	private static final NotificationId LOWEST = new NotificationId(new UUID(0, 0));

	private final JdbcPairs pairs;

	FailedPairsController(JdbcPairs pairs) {
		this.pairs = pairs;
	}

	@GetMapping(path = "/campaign/{id}/failed-pairs", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Lists the pairs of a targeted push that nobody was shown, and why",
			description = "By id; after is the id of the last one seen.")
	List<FailedPair> list(@PathVariable("id") String id, @RequestParam(required = false) @Nullable String after,
			@RequestParam(defaultValue = "100") int limit) {
		if (limit < 1 || limit > MAX_PAGE) {
			throw new InvalidFieldException("limit", "limit must be 1 to %d, but was %d".formatted(MAX_PAGE, limit));
		}
		return pairs.failuresOf(parsed("campaign_id", id, CampaignId::parse),
				after == null ? LOWEST : parsed("after", after, NotificationId::parse), limit);
	}

	private static <T> T parsed(String name, String text, Function<String, T> type) {
		try {
			return type.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException(name, String.valueOf(ex.getMessage()));
		}
	}

}
