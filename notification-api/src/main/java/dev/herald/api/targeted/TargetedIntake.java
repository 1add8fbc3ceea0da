package dev.herald.api.targeted;

import dev.herald.api.campaign.Campaign;
import dev.herald.api.campaign.Campaigns;
import dev.herald.api.idempotency.IdempotencyConflictException;
import dev.herald.api.idempotency.IdempotencyKey;
import dev.herald.api.idempotency.RequestHash;
import dev.herald.api.targeted.JdbcTargetedRequests.Reserved;
import dev.herald.api.targeted.TargetedReceipt.RefusedLine;
import dev.herald.base.applications.Application;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.broker.PairHeaders;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.base.problem.Problems;
import dev.herald.base.problem.UnknownApplicationException;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.identity.CampaignId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a stream of pairs: each good line goes to the broker as it is read, so sending
 * starts with the first and the stream is never held in memory. Reading stops while many
 * lines wait for their confirms. Safe for use by many threads; a call lasts as long as
 * its stream.
 */
final class TargetedIntake {

	private static final Logger log = LoggerFactory.getLogger(TargetedIntake.class);

	private static final Duration RENEW_AFTER = Duration.ofSeconds(10);

	private final ApplicationsFile applications;

	private final Campaigns campaigns;

	private final JdbcTargetedRequests requests;

	private final JdbcPairs pairs;

	private final ConfirmedPublisher publisher;

	private final JsonMapper strict;

	private final TargetedProperties properties;

	private final Clock clock;

	/**
	 * @param strict reads requests
	 */
	TargetedIntake(ApplicationsFile applications, Campaigns campaigns, JdbcTargetedRequests requests, JdbcPairs pairs,
			ConfirmedPublisher publisher, JsonMapper strict, TargetedProperties properties, Clock clock) {
		this.applications = applications;
		this.campaigns = campaigns;
		this.requests = requests;
		this.pairs = pairs;
		this.publisher = publisher;
		this.strict = strict;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Takes a stream, or answers as the first time where the same was taken before under
	 * the same key.
	 * @throws StreamEndedException if it ended too early; what was taken will be sent
	 */
	TargetedReceipt take(TargetedOrder order, @Nullable IdempotencyKey key, InputStream body) {
		Application application = applications.current()
			.find(order.application())
			.orElseThrow(() -> new UnknownApplicationException(order.application()));
		if (application.contentService() == null) {
			throw new InvalidFieldException("application_id",
					"application %s has no content_service in the applications file, so no articles"
						.formatted(application.id()));
		}
		Lines lines = new Lines(body, properties.maxBody().toBytes(), (int) properties.maxLine().toBytes());
		CampaignId proposed = CampaignId.create();
		if (key == null) {
			return publish(order, proposed, null, lines);
		}
		Reserved reserved = requests.reserve(key, RequestHash.of(order), proposed);
		return reserved.answer() == null ? publishReserved(order, reserved, lines)
				: compared(reserved, reserved.answer(), lines);
	}

	private static TargetedReceipt compared(Reserved reserved, TargetedReceipt answer, Lines lines) {
		try {
			while (lines.next() != null) {
				// For its hash alone.
			}
		}
		catch (IOException ex) {
			throw broken(ex, reserved.campaign(), answer.taken());
		}
		if (!reserved.isOf(lines.sha256())) {
			throw IdempotencyConflictException.otherRequest();
		}
		return answer;
	}

	private TargetedReceipt publishReserved(TargetedOrder order, Reserved reserved, Lines lines) {
		try {
			TargetedReceipt receipt = publish(order, reserved.campaign(), reserved, lines);
			requests.complete(reserved, lines.sha256(), receipt);
			return receipt;
		}
		catch (RuntimeException ex) {
			release(reserved);
			throw ex;
		}
	}

	private void release(Reserved reserved) {
		try {
			requests.release(reserved);
		}
		catch (DataAccessException ex) {
			log.debug("The key stays in use until its lease is over", ex);
		}
	}

	private TargetedReceipt publish(TargetedOrder order, CampaignId id, @Nullable Reserved reserved, Lines lines) {
		campaigns.keep(Campaign.targeted(id, List.of(order.application()), order.priority(), order.collapseKey(),
				order.ttl(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
		PairPublisher pairPublisher = new PairPublisher(publisher, properties.unconfirmed());
		try {
			Refusals refusals = publishAll(order, id, reserved, lines, pairPublisher);
			pairPublisher.finish();
			return new TargetedReceipt(id, pairPublisher.confirmed(), refusals.count, refusals.first);
		}
		catch (PairPublisher.BrokerAwayException ex) {
			log.warn("The stream of campaign {} ends, since the broker takes no more: {}", id, ex.getMessage());
			throw new StreamEndedException(HttpStatus.SERVICE_UNAVAILABLE, "the message broker is not available", id,
					pairPublisher.confirmed(), ex);
		}
		catch (IOException ex) {
			throw broken(ex, id, pairPublisher.confirmed());
		}
		finally {
			noteTaken(id, pairPublisher.confirmed());
		}
	}

	private static StreamEndedException broken(IOException cause, CampaignId id, long taken) {
		return cause instanceof Lines.TooLongException
				? new StreamEndedException(HttpStatus.CONTENT_TOO_LARGE, String.valueOf(cause.getMessage()), id, taken,
						cause)
				: new StreamEndedException(HttpStatus.REQUEST_TIMEOUT, "the stream broke off, or stalled for too long",
						id, taken, cause);
	}

	private Refusals publishAll(TargetedOrder order, CampaignId id, @Nullable Reserved reserved, Lines lines,
			PairPublisher pairPublisher) throws IOException {
		Refusals refusals = new Refusals();
		long renewed = System.nanoTime();
		for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
			try {
				pairPublisher.publish(OutgoingMessage.pair(order.application(), pair(line).of(id),
						PairHeaders.acceptedAt(clock.instant()).toMap()));
			}
			catch (RefusedException ex) {
				refusals.add(line.number(), String.valueOf(ex.getMessage()));
			}
			if (reserved != null && System.nanoTime() - renewed > RENEW_AFTER.toNanos()) {
				requests.renew(reserved);
				renewed = System.nanoTime();
			}
		}
		return refusals;
	}

	private TargetedPair pair(Lines.Line line) throws RefusedException {
		byte[] text = line.text();
		if (text == null) {
			throw new RefusedException("a line must have at most %d bytes".formatted(properties.maxLine().toBytes()));
		}
		TargetedPair pair;
		try {
			pair = strict.readValue(text, TargetedPair.class);
		}
		catch (JacksonException ex) {
			throw new RefusedException(Problems.detail(ex));
		}
		if (pair == null) {
			throw new RefusedException("a line must be a JSON object, but is null");
		}
		if (pair.campaignId() != null) {
			throw new RefusedException("campaign_id must be absent: the pair is part of the posted campaign");
		}
		return pair;
	}

	/** Without it the campaign ends a day or two later, so nobody else need know. */
	private void noteTaken(CampaignId id, long taken) {
		try {
			pairs.noteTaken(id, taken, clock.instant());
		}
		catch (DataAccessException ex) {
			log.warn("Cannot note that campaign {} has {} pairs: {}", id, taken, ex.getMessage());
		}
	}

	private static final class Refusals {

		private final List<RefusedLine> first = new ArrayList<>();

		private long count;

		void add(long line, String reason) {
			count++;
			if (first.size() < TargetedReceipt.MAX_REFUSED_LINES) {
				first.add(new RefusedLine(line, reason));
			}
		}

	}

	private static final class RefusedException extends Exception {

		private static final long serialVersionUID = 1L;

		RefusedException(String message) {
			super(message);
		}

	}

}
