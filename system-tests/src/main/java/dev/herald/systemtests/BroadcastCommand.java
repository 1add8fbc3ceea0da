package dev.herald.systemtests;

import static dev.herald.systemtests.House.DRIVER;
import static dev.herald.systemtests.House.RIDER;

import dev.herald.common.identity.CampaignId;
import dev.herald.systemtests.HeraldClient.Answer;
import dev.herald.systemtests.Pace.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Sends a broadcast to everybody in two applications while urgent notifications go on:
 * workers are killed twice on the way, and it is paused and resumed once. Shows that
 * every device got it, once but for what the killed workers held, that queues and memory
 * stay small, and that all counters are right at the end.
 */
final class BroadcastCommand {

	static final String USAGE = """
			usage: system-tests/broadcast [--devices N] [--urgent N] [--kills N] [--seed N]
			  --devices  how many devices the broadcast is for; 1000000
			  --urgent   urgent notifications a second meanwhile; 50
			  --kills    how often a worker is killed on the way; 2
			  --seed     for the moments; random""";

	private static final int WORKERS = 2;

	private static final int MOST_MEGABYTES = 512;

	private static final Duration IDLE = Duration.ofSeconds(20);

	private static final Duration PAUSED = Duration.ofSeconds(5);

	private static final Duration EFFECT = Duration.ofSeconds(2);

	/** Less than this a second is no progress at all. */
	private static final int SLOWEST_PER_SECOND = 100;

	private final int devices;

	private final int kills;

	private final RandomGenerator random;

	private final House house;

	private final Checks checks = new Checks();

	private BroadcastCommand(int devices, int kills, RandomGenerator random, House house) {
		this.devices = devices;
		this.kills = kills;
		this.random = random;
		this.house = house;
	}

	/** Runs it and gives the exit code. */
	static int run(String[] arguments) {
		CommandLine line = CommandLine.parse(arguments, USAGE);
		if (line.asksForHelp()) {
			System.out.println(USAGE);
			return Command.SHOWN;
		}
		int devices = line.number("--devices", 1_000_000, 1000, 20_000_000);
		int urgent = line.number("--urgent", 50, 2, 1000);
		int kills = line.number("--kills", 2, 0, 20);
		int seed = line.number("--seed", new Random().nextInt(1_000_000), 0, Integer.MAX_VALUE);
		line.requireNothingElse();
		Command.requireRealBackends();
		HousePlan plan = HousePlan.of("broadcast", WORKERS)
			.forALongRun()
			// At full speed, which is what breaks things; beside requests it would give
			// way.
			.withApiProperties(
					Map.of("herald.campaigns.keep-off-quarter-hours", false, "herald.campaigns.give-way", false));
		try (House house = new House(plan)) {
			System.out.printf("a broadcast to %,d devices, %d urgent notifications a second, %d workers, seed %d%n",
					devices, urgent, WORKERS, seed);
			return new BroadcastCommand(devices, kills, new Random(seed), house).run(urgent);
		}
	}

	private int run(int urgent) {
		Load.register(house);
		Audience.EVERYBODY.register(house.tokenDatabase().database(), devices);
		try (Load load = Load.start(house, urgent / 2); Flatness flatness = Flatness.watch(house)) {
			Pause.of(IDLE);
			long began = System.nanoTime();
			Pause.of(IDLE);
			Window idle = Window.since(began);
			int idleMegabytes = (int) flatness.largestMegabytes();
			Instant started = Instant.now();
			CampaignId campaign = CampaignId.parse(post().json().required("campaign_id").asString());
			CampaignWatch watch = new CampaignWatch(house.client(), campaign);
			long sending = System.nanoTime();
			disturb(watch);
			JsonNode end = watch.until(CampaignWatch::hasEnded, Duration.ofSeconds(120 + devices / SLOWEST_PER_SECOND));
			Window during = Window.since(sending);
			Duration took = Duration.between(started, Instant.now());
			load.stop();
			report(campaign, end, took);
			reportPace(load.pace(), idle, during);
			reportFlatness(flatness, idleMegabytes);
			Load.Result result = load.result(Duration.ofMinutes(1));
			checks.check("no urgent notification is lost, and its books balance",
					result.lost() == 0 && result.unbalanced() == 0, result);
		}
		return checks.verdict();
	}

	private Answer post() {
		Answer answer = house.client()
			.post("/broadcast", Keys.SENDER,
					"""
							{"application_ids": ["%s", "%s"], "title": "Sale", "message": "To everybody", "ramp_up_seconds": 0}"""
						.formatted(RIDER, DRIVER));
		if (answer.status() != 202) {
			throw new IllegalStateException("a broadcast must be taken, but the API answered " + answer);
		}
		return answer;
	}

	/** A pause early on the way, and kills after it, one worker at a time. */
	private void disturb(CampaignWatch watch) {
		int all = devices + Load.deviceCount();
		awaitQueued(watch, all / 10);
		pauseAndResume(watch);
		for (int i = 1; i <= kills; i++) {
			long share = (long) (all * (0.2 + 0.6 * (i - random.nextDouble(0.3)) / kills));
			awaitQueued(watch, share);
			ServiceProcess worker = house.workers().get(random.nextInt(WORKERS));
			System.out.printf("  %,d queued: %s is killed%n", queued(watch.now()), worker);
			worker.kill();
			worker.start();
			worker.awaitReady();
		}
	}

	private void awaitQueued(CampaignWatch watch, long count) {
		watch.until(campaign -> queued(campaign) >= count, Duration.ofSeconds(60 + devices / SLOWEST_PER_SECOND));
	}

	private void pauseAndResume(CampaignWatch watch) {
		watch.tell("pause");
		Pause.of(EFFECT);
		long paused = queued(watch.now());
		Pause.of(PAUSED);
		long still = queued(watch.now());
		watch.tell("resume");
		Pause.of(EFFECT.plusSeconds(1));
		long resumed = queued(watch.until(campaign -> queued(campaign) > still, EFFECT.multipliedBy(5)));
		System.out.printf("  paused for %d s at %,d queued, resumed%n", PAUSED.toSeconds(), paused);
		checks.check("a pause takes effect within 2 s, and so does resuming", still == paused && resumed > still,
				"%,d, then %,d, then %,d".formatted(paused, still, resumed));
	}

	private static long queued(JsonNode campaign) {
		return CampaignWatch.jobs(campaign, "queued");
	}

	private void report(CampaignId campaign, JsonNode end, Duration took) {
		int all = devices + Load.deviceCount();
		int reached = house.arrivals().devices(campaign.broadcastNotification());
		int repeated = house.arrivals().repeats(campaign.broadcastNotification());
		System.out.printf("%n%-52s %,d%n%-52s %,d%n%-52s %,d%n%-52s %d s, %,.0f a second%n", "devices", all,
				"devices that got it", reached, "pushes repeated", repeated, "took", took.toSeconds(),
				all / (took.toMillis() / 1e3));
		System.out.println("campaign: " + end);
		int bound = kills * bound();
		checks.check("it ended", CampaignWatch.hasEnded(end), end.required("status").asString());
		checks.check("every device got it", reached == all, reached);
		checks.check("no more is repeated than the killed workers held (%,d)".formatted(bound), repeated <= bound,
				repeated);
		checks.check("every device was queued, and accepted by its provider",
				queued(end) == all && CampaignWatch.jobs(end, "accepted") == all, end);
		checks.check("nothing is pending", CampaignWatch.jobs(end, "pending") == 0, end.required("jobs"));
	}

	/**
	 * What a worker may hold: a page of each link it works, and the pushes in flight of
	 * each lane.
	 */
	private static int bound() {
		int links = 4;
		int page = 1000;
		int lanes = 4;
		int inFlight = 1000;
		return links * page + lanes * inFlight;
	}

	private void reportPace(Pace pace, Window idle, Window during) {
		System.out.printf("%n%-52s %10s %14s%n", "", "idle", "broadcasting");
		System.out.printf("%-52s %7.1f ms %11.1f ms%n", "urgent, request to provider, p99",
				millis(pace.p99(RIDER, idle)), millis(pace.p99(RIDER, during)));
		System.out.printf("%-52s %7.1f ms %11.1f ms%n", "the API's answer, p99", millis(pace.p99OfAnswers(idle)),
				millis(pace.p99OfAnswers(during)));
	}

	private void reportFlatness(Flatness flatness, int idleMegabytes) {
		System.out.printf("%-52s %,d%n%-52s %,d MB (idle %,d MB)%n%n", "longest job queue", flatness.longestQueue(),
				"largest service", flatness.largestMegabytes(), idleMegabytes);
		checks.check("no service takes more than %d MB, of which 256 are its heap".formatted(MOST_MEGABYTES),
				flatness.largestMegabytes() <= MOST_MEGABYTES, flatness.largestMegabytes());
		checks.check("queues stay short", flatness.longestQueue() < 20_000, flatness.longestQueue());
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

}
