package dev.herald.systemtests;

import static dev.herald.systemtests.House.RIDER;

import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.Scope;
import dev.herald.emulators.pushes.Provider;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Something that breaks while notifications are sent, and is whole again when
 * {@link #strike} returns.
 */
public enum Fault {

	/** The notification API dies and comes back. */
	API_KILLED(house -> again(house.api())),

	/** The token store dies and comes back. */
	TOKEN_STORE_KILLED(house -> again(house.tokenStore())),

	/** Every worker dies, one after the other, and comes back. */
	WORKERS_KILLED(house -> house.workers().forEach(Fault::again)),

	/** Every worker is asked to end and started again, as an update does. */
	WORKERS_ROLLED(house -> house.workers().forEach(worker -> {
		worker.terminate();
		worker.start();
		worker.awaitReady();
	})),

	/** The broker dies as in a power failure and comes back. */
	BROKER_KILLED(house -> {
		house.broker().kill();
		house.broker().start();
	}),

	/** The API's database dies as in a power failure and comes back. */
	API_DATABASE_KILLED(house -> {
		house.apiDatabase().kill();
		house.apiDatabase().start();
	}),

	/** FCM answers one application with 503 for a while. */
	FCM_UNAVAILABLE(house -> provided(house, Provider.FCM, new Behaviour.ServerError(503, null))),

	/** APNs drops every connection on which the one application sends. */
	APNS_DROPS(house -> provided(house, Provider.APNS, new Behaviour.DropConnection()));

	private static final Duration PROVIDER_TROUBLE = Duration.ofSeconds(3);

	private final Consumer<House> strike;

	Fault(Consumer<House> strike) {
		this.strike = strike;
	}

	/** Breaks it, and mends it. */
	public void strike(House house) {
		strike.accept(house);
	}

	private static void again(ServiceProcess service) {
		service.kill();
		service.start();
		service.awaitReady();
	}

	private static void provided(House house, Provider provider, Behaviour trouble) {
		Scope scope = Scope.of(provider, RIDER.value());
		house.emulators().behaviours().put(scope, trouble);
		Pause.of(PROVIDER_TROUBLE);
		house.emulators().behaviours().remove(scope);
	}

}
