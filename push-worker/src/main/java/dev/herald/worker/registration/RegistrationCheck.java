package dev.herald.worker.registration;

import dev.herald.base.coalesce.Coalescer;
import dev.herald.base.http.ServiceException;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.common.device.Device;
import dev.herald.common.device.RegistrationLookup;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.push.PushJob;
import dev.herald.worker.registration.Standing.LoggedOut;
import dev.herald.worker.registration.Standing.Moved;
import dev.herald.worker.registration.Standing.Registered;
import dev.herald.worker.registration.Standing.Unknown;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the device of a job is registered still. It is believed to be for a short
 * while after it was seen to be; then the token store is asked, for many jobs at once.
 *
 * <p>
 * While the token store does not answer, one question a second finds out whether it is
 * back; all others are answered with {@link Unknown} at once, so that a dead token store
 * costs a lane no time. Safe for use by many threads.
 *
 * <p>
 * {@code herald.registration.checks} counts the jobs looked up, by result;
 * {@code herald.token.store.away} is 1 while the token store does not answer.
 */
public final class RegistrationCheck {

	/**
	 * More may not wait than all lanes hold. Two calls at a time: with more there is less
	 * in each, and a call is what costs.
	 */
	private static final Coalescer.Settings LOOKUPS = Coalescer.Settings.full("registration check",
			RegistrationLookup.MAX_REGISTRATIONS, 2, 65_536);

	private static final String CHECKS = "herald.registration.checks";

	private final TokenStoreClient tokenStore;

	private final Duration checkAfter;

	private final Clock clock;

	private final Counter registered;

	private final Counter loggedOut;

	private final Counter moved;

	private final Counter unknown;

	private final Coalescer<Device, Standing> lookups;

	private final Outage outage;

	RegistrationCheck(TokenStoreClient tokenStore, Duration checkAfter, Executor executor, Clock clock,
			MeterRegistry meters) {
		this.tokenStore = tokenStore;
		this.checkAfter = checkAfter;
		this.clock = clock;
		this.registered = meters.counter(CHECKS, "result", "registered");
		this.loggedOut = meters.counter(CHECKS, "result", "logged_out");
		this.moved = meters.counter(CHECKS, "result", "moved");
		this.unknown = meters.counter(CHECKS, "result", "unknown");
		this.lookups = new Coalescer<>(LOOKUPS, executor, this::lookUp);
		this.outage = new Outage(clock);
		Gauge.builder("herald.token.store.away", this, it -> it.isTokenStoreAway() ? 1 : 0)
			.description("1 while the token store does not tell whether devices are registered")
			.register(meters);
	}

	/**
	 * Where the registration of a job's device stands. Never blocks.
	 * @param seenAt when the device was last seen to be registered
	 * @return at once unless it has to be looked up; never fails
	 */
	public CompletableFuture<Standing> standingOf(PushJob job, Instant seenAt) {
		if (isFresh(seenAt)) {
			return CompletableFuture.completedFuture(new Registered(job.device(), seenAt));
		}
		Unknown known = outage.answer();
		return known != null ? CompletableFuture.completedFuture(counted(known))
				: forJob(job, lookups.ask(job.device()));
	}

	/**
	 * Where the registrations of several jobs' devices stand, looked up in one request as
	 * long as they are no more than {@link RegistrationLookup#MAX_REGISTRATIONS}. Never
	 * blocks.
	 * @return one for each job, in their order; they never fail
	 */
	public List<CompletableFuture<Standing>> lookUpTogether(List<PushJob> jobs) {
		List<CompletableFuture<Standing>> standings = lookups.askAll(jobs.stream().map(PushJob::device).toList());
		return IntStream.range(0, jobs.size()).mapToObj(i -> forJob(jobs.get(i), standings.get(i))).toList();
	}

	/**
	 * Whether a device that was registered then is believed to be so now. A moment in the
	 * future is another machine's clock, and no proof of anything.
	 */
	public boolean isFresh(Instant seenAt) {
		return Duration.between(seenAt, clock.instant()).abs().compareTo(checkAfter) < 0;
	}

	/** Whether the token store does not answer, as far as is known. */
	public boolean isTokenStoreAway() {
		return outage.known() != null;
	}

	private List<Standing> lookUp(List<Device> devices) {
		// Whatever finds out whether an outage is over comes alone; the others have
		// waited since before it began, and would wait for one limit after the other.
		Unknown known = devices.size() > 1 ? outage.known() : null;
		return known != null ? Collections.nCopies(devices.size(), known) : ask(devices);
	}

	private List<Standing> ask(List<Device> devices) {
		Instant asOf = clock.instant();
		try {
			Map<RegistrationId, Device> current = tokenStore.current(devices);
			outage.isOver();
			return devices.stream().map(device -> standing(current.get(device.registrationId()), asOf)).toList();
		}
		catch (ServiceException ex) {
			return Collections.nCopies(devices.size(), outage.lasts(String.valueOf(ex.getMessage())));
		}
	}

	private static Standing standing(@Nullable Device device, Instant asOf) {
		return device == null ? new LoggedOut() : new Registered(device, asOf);
	}

	/** Too many wait, or the worker is closing: a moment later it may be otherwise. */
	private static Standing unknown(Throwable failure) {
		return new Unknown("the registration was not looked up: " + failure, Duration.ZERO);
	}

	private CompletableFuture<Standing> forJob(PushJob job, CompletableFuture<Standing> lookedUp) {
		return lookedUp
			.handle((standing, failure) -> counted(failure == null ? forJob(job, standing) : unknown(failure)));
	}

	private static Standing forJob(PushJob job, Standing standing) {
		return standing instanceof Registered(Device device, Instant asOf)
				&& device.provider() != job.device().provider() ? new Moved(device) : standing;
	}

	private Standing counted(Standing standing) {
		Counter counter = switch (standing) {
			case Registered ignored -> registered;
			case LoggedOut() -> loggedOut;
			case Moved ignored -> moved;
			case Unknown ignored -> unknown;
		};
		counter.increment();
		return standing;
	}

}
