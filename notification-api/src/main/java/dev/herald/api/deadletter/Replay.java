package dev.herald.api.deadletter;

import dev.herald.api.devices.DeviceDirectory;
import dev.herald.api.http.Deadline;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.broker.PublishException;
import dev.herald.base.broker.PublishException.Reason;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.push.PushJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the jobs of dead letters anew. A dead letter may be weeks old: its device is
 * looked up again, so that nobody is sent to who has logged out since, and a token that
 * was refreshed is used.
 */
final class Replay implements Disposal {

	/** What is about one queue and not about the broker. */
	private static final Set<Reason> REFUSALS = EnumSet.of(Reason.UNROUTABLE, Reason.NACKED);

	private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(5);

	private final DeviceDirectory directory;

	private final ConfirmedPublisher publisher;

	private final MeterRegistry meters;

	private final Clock clock;

	private final @Nullable Duration timeToLive;

	private List<KeptDeadLetter> published = List.of();

	private int goneFromBatch;

	private int expiredFromBatch;

	private @Nullable Throwable away;

	private int replayed;

	private int expired;

	private int gone;

	/**
	 * @param timeToLive how long the jobs are worth showing from now on, or null to leave
	 * their expiry as it was
	 */
	Replay(DeviceDirectory directory, ConfirmedPublisher publisher, MeterRegistry meters, Clock clock,
			@Nullable Duration timeToLive) {
		this.directory = directory;
		this.publisher = publisher;
		this.meters = meters;
		this.clock = clock;
		this.timeToLive = timeToLive;
	}

	/**
	 * Publishes a batch.
	 * @return those whose jobs the broker has confirmed, and those whose devices are gone
	 * @throws dev.herald.base.problem.UnavailableException if the token store is away;
	 * nothing was published
	 */
	@Override
	public Collection<Long> dispose(List<KeptDeadLetter> letters) {
		Map<RegistrationId, Device> devices = devices(letters);
		Instant now = clock.instant();
		List<Long> done = new ArrayList<>();
		Map<KeptDeadLetter, CompletableFuture<@Nullable Void>> underWay = new LinkedHashMap<>();
		for (KeptDeadLetter kept : letters) {
			PushJob job = kept.letter().job();
			Device device = devices.get(job.device().registrationId());
			if (device == null) {
				done.add(kept.id());
			}
			else {
				underWay.put(kept, publisher.publish(OutgoingMessage.job(job.replayed(device, expiry(job, now)))));
			}
		}
		goneFromBatch = done.size();
		published = confirmed(underWay);
		expiredFromBatch = (int) published.stream()
			.filter(kept -> !expiry(kept.letter().job(), now).isAfter(now))
			.count();
		published.forEach(kept -> done.add(kept.id()));
		return done;
	}

	private Instant expiry(PushJob job, Instant now) {
		return timeToLive == null ? job.expiresAt() : now.plus(timeToLive);
	}

	private Map<RegistrationId, Device> devices(List<KeptDeadLetter> letters) {
		Deadline deadline = Deadline.ofNewRequest();
		List<CompletableFuture<List<Device>>> lookups = letters.stream()
			.map(kept -> kept.letter().job().device())
			.map(device -> new DeviceQuery(device.userId(), device.applicationId()))
			.distinct()
			.map(directory::devicesOf)
			.toList();
		Map<RegistrationId, Device> devices = new HashMap<>();
		for (CompletableFuture<List<Device>> lookup : lookups) {
			deadline.await(lookup, "the token store").forEach(device -> devices.put(device.registrationId(), device));
		}
		return devices;
	}

	private List<KeptDeadLetter> confirmed(Map<KeptDeadLetter, CompletableFuture<@Nullable Void>> underWay) {
		CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new))
			.orTimeout(CONFIRM_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.handle((nothing, failure) -> failure)
			.join();
		List<KeptDeadLetter> confirmed = new ArrayList<>();
		underWay.forEach((kept, publication) -> {
			switch (publication.state()) {
				case SUCCESS -> confirmed.add(kept);
				case FAILED -> failed(publication.exceptionNow());
				case RUNNING, CANCELLED -> failed(null);
			}
		});
		return confirmed;
	}

	/**
	 * A job that its queue refuses, or that has none since its application is no longer
	 * configured, stays for another time; after any other failure the rest would fail
	 * too.
	 */
	private void failed(@Nullable Throwable failure) {
		if (!(failure instanceof PublishException refused && REFUSALS.contains(refused.reason()))) {
			away = failure == null ? new IllegalStateException("no publisher confirm within " + CONFIRM_PATIENCE)
					: failure;
		}
	}

	@Override
	public void removed() {
		replayed += published.size();
		expired += expiredFromBatch;
		gone += goneFromBatch;
		published.forEach(kept -> DeadLetterMetrics.count(meters, "herald.dead.letters.replayed", kept));
		if (away != null) {
			throw Deadline.unavailable("the message broker", away);
		}
	}

	int replayed() {
		return replayed;
	}

	/** How many of those replayed will end as expired. */
	int expired() {
		return expired;
	}

	/** How many were removed since their device is no longer reached. */
	int gone() {
		return gone;
	}

}
