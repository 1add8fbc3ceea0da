package dev.herald.systemtests;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.PairIdentity;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.systemtests.HeraldClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Streams pairs of user and article, those of one application by HTTP and those of the
 * other straight into its queue, while the content service fails for a while. Shows that
 * every pair is accounted for, that every device got its own article, and that no article
 * is loaded more than a few times.
 */
final class TargetedCommand {

	static final String USAGE = """
			usage: system-tests/targeted [--pairs N] [--articles N] [--outage SECONDS]
			  --pairs     how many pairs, half of them for each of two applications; 200000
			  --articles  how many articles there are; 500
			  --outage    how long the content service fails; 30""";

	private static final int WORKERS = 2;

	/** One pair in so many names a user without a device. */
	private static final int WITHOUT_DEVICE = 997;

	/** One pair in so many names an article that does not exist. */
	private static final int WITHOUT_ARTICLE = 1009;

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

	/** Less than this a second is no progress at all. */
	private static final int SLOWEST_PER_SECOND = 100;

	private final int pairs;

	private final int articles;

	private final Duration outage;

	private final House house;

	private final ContentServer content;

	private final Checks checks = new Checks();

	private TargetedCommand(int pairs, int articles, Duration outage, House house, ContentServer content) {
		this.pairs = pairs;
		this.articles = articles;
		this.outage = outage;
		this.house = house;
		this.content = content;
	}

	/** Runs it and gives the exit code. */
	static int run(String[] arguments) {
		CommandLine line = CommandLine.parse(arguments, USAGE);
		if (line.asksForHelp()) {
			System.out.println(USAGE);
			return Command.SHOWN;
		}
		int pairs = line.number("--pairs", 200_000, 1000, 10_000_000);
		int articles = line.number("--articles", 500, 1, 100_000);
		int outage = line.number("--outage", 30, 0, 3600);
		line.requireNothingElse();
		Command.requireRealBackends();
		try (ContentServer content = ContentServer.start();
				House house = new House(
						HousePlan.of("targeted", WORKERS).forALongRun().withContentService(content.url()))) {
			System.out.printf("%,d pairs over %,d articles, the content service fails for %d s%n", pairs, articles,
					outage);
			return new TargetedCommand(pairs, articles, Duration.ofSeconds(outage), house, content).run();
		}
	}

	private int run() {
		Audience.EVERYBODY.register(house.tokenDatabase().database(), pairs);
		Instant began = Instant.now();
		Thread queue = Thread.ofVirtual().start(this::publish);
		Thread fails = Thread.ofVirtual().start(this::fail);
		Answer posted = house.client().postLines("/targeted", House.RIDER, lines(House.RIDER));
		Pause.untilEndOf(queue);
		Pause.untilEndOf(fails);
		checks.check("the posted pairs are taken",
				posted.status() == 202 && posted.json().required("taken").asInt() == count(House.RIDER), posted);
		CampaignWatch watch = new CampaignWatch(house.client(),
				CampaignId.parse(posted.json().required("campaign_id").asString()));
		CampaignWatch standing = new CampaignWatch(house.client(), PairIdentity.standingCampaign(House.DRIVER, began));
		Duration patience = outage.plusSeconds(120 + pairs / SLOWEST_PER_SECOND);
		JsonNode ofPosted = watch.until(CampaignWatch::hasEnded, patience);
		JsonNode ofQueue = standing.until(
				campaign -> accounted(campaign) >= count(House.DRIVER) && CampaignWatch.jobs(campaign, "pending") == 0,
				patience);
		Duration took = Duration.between(began, Instant.now());
		report("posted", House.RIDER, ofPosted);
		report("by the queue", House.DRIVER, ofQueue);
		reportLoads(took);
		return checks.verdict();
	}

	private void fail() {
		Pause.of(Duration.ofSeconds(2));
		content.setFailing(!outage.isZero());
		Pause.of(outage);
		content.setFailing(false);
	}

	private IntStream numbers(ApplicationId application) {
		return IntStream.range(0, pairs).filter(number -> Audience.EVERYBODY.application(number).equals(application));
	}

	private int count(ApplicationId application) {
		return (int) numbers(application).count();
	}

	private TargetedPair pair(int number) {
		UserId user = hasDevice(number) ? Audience.EVERYBODY.user(number) : new UserId("nobody-" + number);
		return TargetedPair.of(user, hasArticle(number) ? "article-" + number % articles : "no-" + number);
	}

	private static boolean hasDevice(int number) {
		return number % WITHOUT_DEVICE != 0;
	}

	private static boolean hasArticle(int number) {
		return number % WITHOUT_ARTICLE != 1;
	}

	private Supplier<Stream<String>> lines(ApplicationId application) {
		return () -> numbers(application)
			.mapToObj(number -> HeraldJson.mapper().writeValueAsString(pair(number)) + "\n");
	}

	/** As an external system does: it knows the queue's name and nothing else. */
	private void publish() {
		String queue = BrokerTopology.targetedQueueName(House.DRIVER);
		try (Connection connection = house.broker().broker().connectionFactory().newConnection();
				Channel channel = connection.createChannel()) {
			channel.confirmSelect();
			int unconfirmed = 0;
			for (int number : numbers(House.DRIVER).toArray()) {
				channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, HeraldJson.write(pair(number)));
				if (++unconfirmed == 1000) {
					channel.waitForConfirmsOrDie();
					unconfirmed = 0;
				}
			}
			channel.waitForConfirmsOrDie();
		}
		catch (IOException | TimeoutException ex) {
			throw new IllegalStateException("the pairs could not be published to " + queue, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static long accounted(JsonNode campaign) {
		long sum = 0;
		for (String ending : List.of("queued", "no_devices", "no_article", "given_up", "expired", "cancelled")) {
			sum += pairs(campaign, ending);
		}
		return sum;
	}

	private static long pairs(JsonNode campaign, String ending) {
		return campaign.required("pairs").required(ending).asLong();
	}

	private void report(String name, ApplicationId application, JsonNode campaign) {
		int all = count(application);
		long noArticle = numbers(application).filter(number -> !hasArticle(number)).count();
		long noDevices = numbers(application).filter(number -> hasArticle(number) && !hasDevice(number)).count();
		long sent = all - noArticle - noDevices;
		long reached = numbers(application).filter(number -> hasArticle(number) && hasDevice(number))
			.filter(number -> house.arrivals().reached(Audience.EVERYBODY.token(number)))
			.count();
		System.out.printf("%n%s, %s: %s%n", name, application, campaign);
		checks.check("every pair is accounted for", accounted(campaign) == all, accounted(campaign) + " of " + all);
		checks.check("none was given up", pairs(campaign, "given_up") == 0 && pairs(campaign, "expired") == 0,
				campaign);
		checks.check("pairs without an article ended so", pairs(campaign, "no_article") == noArticle, noArticle);
		checks.check("pairs without a device ended so", pairs(campaign, "no_devices") == noDevices, noDevices);
		checks.check("every other device got its article", reached == sent, reached + " of " + sent);
		checks.check("and its provider's acceptance is counted", CampaignWatch.jobs(campaign, "accepted") == sent,
				sent);
		checks.check("nothing is pending", CampaignWatch.jobs(campaign, "pending") == 0, campaign.required("jobs"));
	}

	private void reportLoads(Duration took) {
		Map<String, Integer> loads = content.loads();
		int most = loads.values().stream().mapToInt(Integer::intValue).max().orElse(0);
		int all = loads.values().stream().mapToInt(Integer::intValue).sum();
		// Each worker has a cache of its own, and one for each application.
		long bound = 2L * WORKERS * (1 + took.dividedBy(TIME_TO_LIVE));
		System.out.printf("%n%-52s %d s, %,.0f pairs a second, the outage included%n", "took", took.toSeconds(),
				pairs / (took.toMillis() / 1e3));
		System.out.printf("%-52s %,d, the most for one article %d%n%n", "article loads", all, most);
		checks.check("no article was loaded more than " + bound + " times", most <= bound, most);
	}

}
