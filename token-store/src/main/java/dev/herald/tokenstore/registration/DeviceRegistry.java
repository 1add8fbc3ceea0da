package dev.herald.tokenstore.registration;

import static java.util.Objects.requireNonNull;

import dev.herald.base.problem.UnavailableException;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.tokenstore.device.RegisteredDevice;
import dev.herald.tokenstore.registration.Registered.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Logins and logouts. A device has one user and a token has one login, ever: whoever
 * registers last has both.
 *
 * <p>
 * A registration first reads who holds its device and its token, without a lock, and then
 * changes exactly what it read: a row that went or took another token meanwhile, and a
 * unique key that somebody else was faster to take, end the attempt without a trace, and
 * it starts again. So concurrent registrations end as if they had come one after the
 * other, and a mere refresh costs two statements and no transaction. Safe for use by many
 * threads and many instances.
 */
final class DeviceRegistry {

	/**
	 * The first registration to commit wins a round; nobody waits for more than a second.
	 */
	private static final RetryPolicy LOST_RACES = RetryPolicy.builder()
		.includes(ConcurrencyFailureException.class, DuplicateKeyException.class)
		.maxRetries(12)
		.delay(Duration.ofMillis(4))
		.jitter(Duration.ofMillis(4))
		.multiplier(1.6)
		.maxDelay(Duration.ofMillis(100))
		.build();

	/** Whoever locks several rows locks them in the same order. */
	private static final Comparator<RegisteredDevice> IN_LOCKING_ORDER = Comparator
		.comparingLong(row -> row.device().registrationId().value());

	private final Registrations registrations;

	private final TransactionTemplate transactions;

	private final Clock clock;

	private final RetryTemplate retries = new RetryTemplate(LOST_RACES);

	DeviceRegistry(Registrations registrations, TransactionTemplate transactions, Clock clock) {
		this.registrations = registrations;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Registers a device. Without a device id the token stands for the installation: the
	 * login that holds it is refreshed if it is the same user's, and otherwise a new one
	 * gets a random UUID as its device id.
	 * @throws UnavailableException if others kept registering the same device or token;
	 * nothing was changed
	 */
	Registered register(Registration registration) {
		return settle(() -> attempt(registration));
	}

	/**
	 * Ends the user's login on one device, if there is one.
	 * @return how many logins ended, 0 or 1
	 */
	int logOut(UserId user, ApplicationId application, DeviceId device) {
		return settle(() -> registrations.delete(user, application, device));
	}

	/**
	 * Ends all of the user's logins in an application.
	 * @return how many logins ended
	 */
	int logOutEverywhere(UserId user, ApplicationId application) {
		return settle(() -> registrations.delete(user, application));
	}

	/** The devices of a user, by application, oldest registration first. */
	List<RegisteredDevice> find(DeviceQuery query) {
		return registrations.find(query);
	}

	private <T> T settle(Supplier<T> change) {
		try {
			return retries.invoke(change);
		}
		catch (ConcurrencyFailureException | DuplicateKeyException ex) {
			throw new UnavailableException("the device, which others are registering at this moment,",
					Duration.ofSeconds(1), ex);
		}
	}

	private Registered attempt(Registration registration) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<RegisteredDevice> others = new ArrayList<>();
		List<RegisteredDevice> same = new ArrayList<>();
		for (RegisteredDevice held : registrations.holding(registration)) {
			(registration.isSameLogin(held.device()) ? same : others).add(held);
		}
		return same.isEmpty() ? insert(registration, others, now) : refresh(same.getFirst(), registration, others, now);
	}

	private Registered refresh(RegisteredDevice held, Registration registration, List<RegisteredDevice> others,
			Instant now) {
		RegistrationId id = held.device().registrationId();
		RegisteredDevice refreshed = registration.row(id, held.device().deviceId(), now);
		// The driver counts changed rows, not matched ones: no change would look like a
		// lost race.
		if (!refreshed.equals(held)) {
			replacing(others, () -> update(id, registration, now));
		}
		return new Registered(Kind.REFRESHED, refreshed);
	}

	private Registered insert(Registration registration, List<RegisteredDevice> others, Instant now) {
		DeviceId asked = registration.deviceId();
		DeviceId device = asked == null ? new DeviceId(UUID.randomUUID().toString()) : asked;
		RegistrationId id = replacing(others, () -> registrations.insert(registration, device, now));
		return new Registered(others.isEmpty() ? Kind.NEW : Kind.MOVED, registration.row(id, device, now));
	}

	/** Ends the others' logins and does the change, or neither. */
	private RegistrationId replacing(List<RegisteredDevice> others, Supplier<RegistrationId> change) {
		if (others.isEmpty()) {
			return change.get();
		}
		return requireNonNull(transactions.execute(status -> {
			others.stream().sorted(IN_LOCKING_ORDER).forEach(other -> expect(registrations.delete(other)));
			return change.get();
		}));
	}

	private RegistrationId update(RegistrationId id, Registration registration, Instant now) {
		expect(registrations.update(id, registration, now));
		return id;
	}

	private static void expect(boolean met) {
		if (!met) {
			throw new OptimisticLockingFailureException("a registration changed while another one replaced it");
		}
	}

}
