package dev.herald.api.targeted;

import dev.herald.common.identity.CampaignId;
import java.util.List;

/**
 * The answer to {@code POST /targeted}.
 *
 * @param taken how many lines the broker has confirmed
 * @param refused how many lines were not taken for what they say
 * @param refusedLines the first {@value #MAX_REFUSED_LINES} of these
 */
record TargetedReceipt(CampaignId campaignId, long taken, long refused, List<RefusedLine> refusedLines) {

	static final int MAX_REFUSED_LINES = 1000;

	TargetedReceipt {
		refusedLines = List.copyOf(refusedLines);
	}

	/**
	 * A line that was not taken.
	 *
	 * @param line its number, from 1
	 * @param reason why
	 */
	record RefusedLine(long line, String reason) {
	}

}
