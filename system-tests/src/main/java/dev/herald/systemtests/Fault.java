package dev.herald.systemtests;

import static dev.herald.systemtests.House.RIDER;

import dev.herald.common.identity.Provider;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.Scope;
import dev.herald.testsupport.MemoryAlarm;
import dev.herald.testsupport.TcpGate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Something that breaks while notifications are sent, and is whole again when
 * {@link #strike} returns.
 */
public enum Fault {

	/** Nothing breaks: what the others compare with. */
	NOTHING(Reach.EVERYONE, strike -> strike.forAWhile(Fault::nothing, Fault::nothing)),

	/** The notification API dies and comes back. */
	API_KILLED(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> killed(strike.house().api()))),

	/** The token store dies and comes back. */
	TOKEN_STORE_KILLED(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> killed(strike.house().tokenStore()))),

	/** Every worker dies, one after the other, and comes back. */
	WORKERS_KILLED(Reach.EVERYONE,
			strike -> strike.house().workers().forEach(worker -> strike.atRandomMoments(() -> killed(worker)))),

	/** All workers die at the same moment and come back. */
	ALL_WORKERS_KILLED(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> killedTogether(strike.house()))),

	/** Every worker is asked to end and started again, as an update does. */
	WORKERS_ROLLED(Reach.EVERYONE, strike -> strike.house().workers().forEach(Fault::rolled)),

	/** The broker dies as in a power failure and comes back. */
	BROKER_KILLED(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> {
		strike.house().broker().kill();
		strike.house().broker().start();
	})),

	/** The broker is stopped in good order and started again. */
	BROKER_STOPPED(Reach.EVERYONE, strike -> {
		strike.house().broker().stop();
		strike.house().broker().start();
	}),

	/** All connections to the broker break by a reset, again and again. */
	BROKER_RESET(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> strike.house().broker().network().reset())),

	/** Nothing passes to and from the broker, and no connection breaks. */
	BROKER_BLACK_HOLE(Reach.EVERYONE, strike -> blackHole(strike, strike.house().broker().network())),

	/** The broker has no memory left and takes no messages. */
	BROKER_MEMORY_ALARM(Reach.EVERYONE, strike -> {
		MemoryAlarm alarm = strike.house().broker().memoryAlarm().orElseThrow();
		strike.forAWhile(alarm::raise, alarm::clear);
	}) {
		@Override
		public boolean canStrike(House house) {
			return house.broker().memoryAlarm().isPresent();
		}
	},

	/** The way to the broker takes 50 to 200 ms. */
	BROKER_FAR(Reach.EVERYONE, strike -> far(strike, strike.house().broker().network())),

	/** The API's database dies as in a power failure and comes back. */
	API_DATABASE_KILLED(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> {
		strike.house().apiDatabase().kill();
		strike.house().apiDatabase().start();
	})),

	/** The API's database is stopped in good order and started again. */
	API_DATABASE_STOPPED(Reach.EVERYONE, strike -> {
		strike.house().apiDatabase().stop();
		strike.house().apiDatabase().start();
	}),

	/** The token store's database dies as in a power failure and comes back. */
	TOKEN_DATABASE_KILLED(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> {
		strike.house().tokenDatabase().kill();
		strike.house().tokenDatabase().start();
	})),

	/** The token store's database is stopped in good order and started again. */
	TOKEN_DATABASE_STOPPED(Reach.EVERYONE, strike -> {
		strike.house().tokenDatabase().stop();
		strike.house().tokenDatabase().start();
	}),

	/** All connections to both databases break by a reset, again and again. */
	DATABASES_RESET(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> {
		strike.house().apiDatabase().network().reset();
		strike.house().tokenDatabase().network().reset();
	})),

	/** The way to both databases takes 50 to 200 ms. */
	DATABASES_FAR(Reach.EVERYONE,
			strike -> far(strike, strike.house().apiDatabase().network(), strike.house().tokenDatabase().network())),

	/** FCM answers one application with 503 for a while. */
	FCM_UNAVAILABLE(Reach.ONE_APPLICATION,
			strike -> answering(strike, Provider.FCM, new Behaviour.ServerError(503, null))),

	/** FCM never answers one application. */
	FCM_HANGS(Reach.ONE_APPLICATION, strike -> answering(strike, Provider.FCM, new Behaviour.Hang())),

	/** FCM refuses connections. */
	FCM_REFUSES(Reach.EVERYONE, strike -> {
		TcpGate fcm = strike.house().network(Provider.FCM);
		strike.forAWhile(fcm::stop, fcm::start);
	}),

	/** APNs ends, by GOAWAY, every connection on which one application sends. */
	APNS_GOES_AWAY(Reach.ONE_APPLICATION, strike -> answering(strike, Provider.APNS, new Behaviour.GoAway())),

	/** APNs drops every connection on which one application sends. */
	APNS_DROPS(Reach.ONE_APPLICATION, strike -> answering(strike, Provider.APNS, new Behaviour.DropConnection())),

	/** APNs never answers one application. */
	APNS_HANGS(Reach.ONE_APPLICATION, strike -> answering(strike, Provider.APNS, new Behaviour.Hang())),

	/** APNs sends GOAWAY on all connections, and drops them a moment later. */
	APNS_RESTARTS(Reach.EVERYONE, strike -> strike.atRandomMoments(() -> {
		strike.house().emulators().goAway(dev.herald.emulators.pushes.Provider.APNS);
		Pause.of(Duration.ofMillis(strike.random().nextInt(100)));
		strike.house().emulators().dropConnections(dev.herald.emulators.pushes.Provider.APNS);
	})),

	/** The way to both providers takes 50 to 200 ms. */
	PROVIDERS_FAR(Reach.EVERYONE,
			strike -> far(strike, strike.house().network(Provider.FCM), strike.house().network(Provider.APNS))),

	/** Both providers refuse the key of one application. */
	KEY_REVOKED(Reach.ONE_APPLICATION,
			strike -> strike.forAWhile(() -> Keyring.revoke(strike.house()), () -> Keyring.restore(strike.house())));

	/** Two missed heartbeats of 5 s, and some. */
	private static final Duration UNTIL_SILENCE_IS_NOTICED = Duration.ofSeconds(12);

	private static final Duration NEAREST = Duration.ofMillis(50);

	private static final Duration FARTHEST = Duration.ofMillis(200);

	private final Reach reach;

	private final Consumer<Strike> striking;

	Fault(Reach reach, Consumer<Strike> striking) {
		this.reach = reach;
		this.striking = striking;
	}

	/** Breaks it, and mends it. */
	public void strike(Strike strike) {
		striking.accept(strike);
	}

	/** Whether it concerns {@link House#RIDER} only. */
	public boolean concernsOneApplication() {
		return reach == Reach.ONE_APPLICATION;
	}

	/**
	 * Whether the house has what it takes; true where nothing special is needed.
	 * @param house the house to strike
	 */
	public boolean canStrike(House house) {
		return true;
	}

	/** Its name, as it is written on a command line: {@code api-killed}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static void nothing() {
		// That is the point.
	}

	private static void killed(ServiceProcess service) {
		service.kill();
		service.start();
		service.awaitReady();
	}

	private static void killedTogether(House house) {
		house.workers().forEach(ServiceProcess::kill);
		house.workers().forEach(ServiceProcess::start);
		house.workers().forEach(ServiceProcess::awaitReady);
	}

	private static void rolled(ServiceProcess service) {
		service.terminate();
		service.start();
		service.awaitReady();
	}

	private static void blackHole(Strike strike, TcpGate network) {
		strike.lastingFor(UNTIL_SILENCE_IS_NOTICED, network::pause, network::resume);
	}

	private static void far(Strike strike, TcpGate... networks) {
		strike.forAWhile(() -> List.of(networks).forEach(network -> network.delay(NEAREST, FARTHEST)),
				() -> List.of(networks).forEach(network -> network.delay(Duration.ZERO, Duration.ZERO)));
	}

	private static void answering(Strike strike, Provider provider, Behaviour trouble) {
		Scope scope = Scope.of(dev.herald.emulators.pushes.Provider.of(provider.value()), RIDER.value());
		strike.forAWhile(() -> strike.house().emulators().behaviours().put(scope, trouble),
				() -> strike.house().emulators().behaviours().remove(scope));
	}

	/** Whom a fault concerns. */
	private enum Reach {

		EVERYONE, ONE_APPLICATION

	}

}
