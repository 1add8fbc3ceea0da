package dev.herald.worker.job;

import dev.herald.common.device.RegistrationLookup;
import dev.herald.common.push.PushJob;
import dev.herald.worker.registration.RegistrationCheck;
import dev.herald.worker.registration.Standing;
import dev.herald.worker.registration.Standing.LoggedOut;
import dev.herald.worker.registration.Standing.Moved;
import dev.herald.worker.registration.Standing.Registered;
import dev.herald.worker.registration.Standing.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Where the registrations of one lane's jobs stand, asked for as late as is good and for
 * as many at once as possible. Where jobs go out as they come, each is looked up as it
 * comes, together with whatever else comes at that moment. Where the provider is slow and
 * a long line waits, the jobs come and go one at a time, and a request for each would
 * cost more than its push: there nobody is looked up before somebody's turn, and then all
 * that are next in line are. Safe for use by many threads.
 */
final class RegistrationsAhead {

	private final RegistrationCheck registrations;

	private final SendGate<WaitingJob> line;

	RegistrationsAhead(RegistrationCheck registrations, SendGate<WaitingJob> line) {
		this.registrations = registrations;
		this.line = line;
	}

	/**
	 * What is known before a job stands in line. While the token store is away, a job
	 * that would have to be looked up need not stand there to learn it.
	 */
	CompletableFuture<Standing> onArrival(PushJob job) {
		Instant seenAt = job.acceptedAt();
		return line.isCrowded() && !registrations.isTokenStoreAway()
				? CompletableFuture.completedFuture(new Registered(job.device(), seenAt))
				: registrations.standingOf(job, seenAt);
	}

	/** What is known now that the job may be sent, or will be in a moment. */
	CompletableFuture<Standing> atItsTurn(WaitingJob job) {
		if (isKnown(job)) {
			return job.standing();
		}
		if (registrations.isTokenStoreAway()) {
			// Alone, and whatever was known is too old: who is next has nothing to learn.
			return registrations.standingOf(job.job(), Instant.EPOCH);
		}
		lookUp(Stream.concat(Stream.of(job), line.nextInLine(RegistrationLookup.MAX_REGISTRATIONS - 1).stream())
			.filter(waiting -> !isKnown(waiting))
			.toList());
		return job.standing();
	}

	private void lookUp(List<WaitingJob> unknown) {
		List<CompletableFuture<Standing>> standings = registrations
			.lookUpTogether(unknown.stream().map(WaitingJob::job).toList());
		for (int i = 0; i < unknown.size(); i++) {
			unknown.get(i).learn(standings.get(i));
		}
	}

	/** Or being asked for. */
	private boolean isKnown(WaitingJob job) {
		CompletableFuture<Standing> standing = job.standing();
		return !standing.isDone() || switch (standing.join()) {
			case Registered(var device, Instant asOf) -> registrations.isFresh(asOf);
			case LoggedOut() -> true;
			case Moved moved -> true;
			case Unknown unknown -> false;
		};
	}

}
