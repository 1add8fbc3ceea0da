package dev.herald.api.campaign;

import dev.herald.api.http.Deadline;
import dev.herald.api.idempotency.IdempotencyConflictException;
import dev.herald.api.idempotency.IdempotencyKey;
import dev.herald.api.idempotency.OnceOnly;
import dev.herald.api.intake.PayloadTooLargeException;
import dev.herald.api.intake.ProviderLimits;
import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.problem.UnavailableException;
import dev.herald.base.problem.UnknownApplicationException;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a broadcast: once it is kept in the database, it will start, whatever dies. Safe
 * for use by many threads.
 */
final class BroadcastIntake {

	private final ApplicationsFile applications;

	private final Campaigns campaigns;

	private final OnceOnly requests;

	private final Executor executor;

	private final Clock clock;

	BroadcastIntake(ApplicationsFile applications, Campaigns campaigns, OnceOnly requests, Executor executor,
			Clock clock) {
		this.applications = applications;
		this.campaigns = campaigns;
		this.requests = requests;
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Takes a broadcast, or answers as the first time where it was taken before under the
	 * same key.
	 * @throws UnknownApplicationException if one of its applications is not configured
	 * @throws PayloadTooLargeException if a provider would refuse it for its size
	 * @throws IdempotencyConflictException if its key was used for another request, or is
	 * in use at this moment
	 * @throws UnavailableException if the database is away; it was not taken
	 */
	BroadcastReceipt take(BroadcastOrder order, @Nullable IdempotencyKey key) {
		Deadline deadline = Deadline.ofNewRequest();
		List<Application> addressed = addressed(order);
		ProviderLimits.check(order.content(), providers(order, addressed));
		List<ApplicationId> resolved = addressed.stream().map(Application::id).toList();
		return requests.carryOut(key, order, deadline, new OnceOnly.Attempt<>() {

			@Override
			public BroadcastReceipt carryOut(NotificationId id) {
				return keep(new CampaignId(id.value()), order, resolved, deadline);
			}

			@Override
			public int devices(BroadcastReceipt receipt) {
				return 0;
			}

			@Override
			public BroadcastReceipt answer(NotificationId id, int devices) {
				return BroadcastReceipt.of(new CampaignId(id.value()));
			}

		});
	}

	private List<Application> addressed(BroadcastOrder order) {
		Applications current = applications.current();
		if (order.applications().isEmpty()) {
			return List.copyOf(current.all());
		}
		return order.applications()
			.stream()
			.map(id -> current.find(id).orElseThrow(() -> new UnknownApplicationException(id)))
			.toList();
	}

	private static Set<Provider> providers(BroadcastOrder order, List<Application> addressed) {
		return addressed.stream()
			.flatMap(application -> application.providers().stream())
			.filter(order.filter()::includes)
			.collect(Collectors.toSet());
	}

	private BroadcastReceipt keep(CampaignId id, BroadcastOrder order, List<ApplicationId> resolved,
			Deadline deadline) {
		Instant acceptedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		CompletableFuture<?> kept = CompletableFuture
			.runAsync(() -> campaigns.keep(order.accept(id, resolved, acceptedAt)), executor);
		try {
			deadline.await(kept, "the database");
			return BroadcastReceipt.of(id);
		}
		catch (UnavailableException ex) {
			// A commit whose answer was lost may have been one.
			kept.whenCompleteAsync((nothing, failure) -> campaigns.withdraw(id, acceptedAt), executor);
			throw ex;
		}
	}

}
