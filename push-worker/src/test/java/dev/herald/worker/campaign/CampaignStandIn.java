package dev.herald.worker.campaign;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.PageDone;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceFilter;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token store with its pages and the notification API with the chains of one
 * broadcast, as workers see them over HTTP; both can be made to fail.
 */
final class CampaignStandIn implements AutoCloseable {

	static final String KEY = "internal-key-of-the-tests";

	/** How long a claim holds a chain, shorter than in earnest. */
	private static final Duration LEASE = Duration.ofMillis(500);

	private static final Pattern CHAIN = Pattern.compile("/internal/campaigns/([^/]+)/chains/(\\d+)/(claim|done)");

	private final CampaignId campaign = CampaignId.create();

	private final int pageSize;

	private final List<Device> devices = new ArrayList<>();

	private final List<Chain> chains = new ArrayList<>();

	private final Map<Integer, Integer> claims = new HashMap<>();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpServer server;

	private boolean paused;

	private boolean cancelled;

	private boolean tokenStoreAway;

	private boolean apiAway;

	private int reportsToFail;

	private volatile Duration reportsTake = Duration.ZERO;

	private Duration turn = Duration.ZERO;

	private CampaignStandIn(HttpServer server, int pageSize) {
		this.server = server;
		this.pageSize = pageSize;
	}

	/** Starts one without devices; the caller closes. */
	static CampaignStandIn start(int pageSize) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		CampaignStandIn started = new CampaignStandIn(server, pageSize);
		server.setExecutor(started.threads);
		server.createContext("/", started::answer);
		server.start();
		return started;
	}

	URI url() {
		return URI.create("http://localhost:" + server.getAddress().getPort());
	}

	CampaignId campaign() {
		return campaign;
	}

	/**
	 * Registers so many devices, over which a chain is to go.
	 * @return the chain's first link
	 */
	synchronized BroadcastLink chain(ApplicationId application, Provider provider, int size) {
		long after = devices.size();
		for (int i = 0; i < size; i++) {
			long id = devices.size() + 1;
			devices.add(new Device(new RegistrationId(id), new DeviceId("d-" + id), new UserId("u-" + id), application,
					provider, new DeviceToken(provider == Provider.APNS ? "%064x".formatted(id) : "t-" + id),
					Environment.PRODUCTION, Instant.EPOCH));
		}
		chains.add(new Chain(application, provider, after, devices.size()));
		return BroadcastLink.of(campaign, chains.size() - 1, application, provider, after);
	}

	synchronized void pause(boolean pause) {
		paused = pause;
	}

	synchronized void cancel() {
		cancelled = true;
	}

	synchronized void tokenStoreAway(boolean away) {
		tokenStoreAway = away;
	}

	synchronized void apiAway(boolean away) {
		apiAway = away;
	}

	/** The next reports of pages are answered with 503. */
	synchronized void failReports(int times) {
		reportsToFail = times;
	}

	/** How long after a page the next of its chain is granted. */
	synchronized void pageEvery(Duration time) {
		turn = time;
	}

	/** How long a report of a page is on its way. */
	void reportsTake(Duration time) {
		reportsTake = time;
	}

	synchronized int reportsToFail() {
		return reportsToFail;
	}

	/** How often a chain was claimed. */
	synchronized int claims(int chain) {
		return claims.getOrDefault(chain, 0);
	}

	/** Whether every chain has reached its end. */
	synchronized boolean isEnded() {
		return chains.stream().allMatch(chain -> chain.ended);
	}

	synchronized boolean isEnded(int chain) {
		return chains.get(chain).ended;
	}

	/** The registrations that were reported as queued, each as often as it counts. */
	synchronized List<Long> reported() {
		return chains.stream().flatMap(chain -> chain.queued.stream()).map(RegistrationId::value).sorted().toList();
	}

	private void answer(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		if (exchange.getRequestURI().getPath().endsWith("/done")) {
			pause(reportsTake);
		}
		Answer answer = ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))
				? answer(exchange.getRequestURI(), body) : new Answer(401, null);
		byte[] json = answer.body() == null ? new byte[0] : HeraldJson.write(answer.body());
		exchange.sendResponseHeaders(answer.status(), json.length == 0 ? -1 : json.length);
		exchange.getResponseBody().write(json);
		exchange.close();
	}

	private static void pause(Duration time) throws InterruptedIOException {
		try {
			Thread.sleep(time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("closed while a report was on its way");
		}
	}

	private synchronized Answer answer(URI uri, byte[] body) {
		if (uri.getPath().equals("/internal/devices/page")) {
			return tokenStoreAway ? new Answer(503, null)
					: new Answer(200, page(HeraldJson.read(body, DevicePageQuery.class)));
		}
		Matcher matcher = CHAIN.matcher(uri.getPath());
		if (!matcher.matches()) {
			return new Answer(404, null);
		}
		if (apiAway) {
			return new Answer(503, null);
		}
		int number = Integer.parseInt(matcher.group(2));
		if (matcher.group(3).equals("claim")) {
			claims.merge(number, 1, Integer::sum);
			return new Answer(200, claim(chains.get(number), Long.parseLong(uri.getQuery().substring(6))));
		}
		return done(chains.get(number), HeraldJson.read(body, PageDone.class));
	}

	private DevicePage page(DevicePageQuery query) {
		List<Device> rest = devices.stream()
			.filter(device -> device.applicationId().equals(query.applicationId())
					&& device.provider() == query.provider())
			.filter(device -> device.registrationId().value() > query.after()
					&& device.registrationId().value() <= query.upTo())
			.toList();
		List<Device> page = rest.subList(0, Math.min(query.limit(), rest.size()));
		return new DevicePage(page, page.size() < rest.size() ? page.getLast().registrationId().value() : null);
	}

	private LinkClaim claim(Chain chain, long after) {
		if (cancelled || chain.ended || after < chain.position) {
			return new LinkClaim.Over();
		}
		Instant now = Instant.now();
		if (paused || after > chain.position || chain.heldUntil.isAfter(now) || chain.dueAt.isAfter(now)) {
			return new LinkClaim.Later(50);
		}
		chain.heldUntil = now.plus(LEASE);
		chain.dueAt = now.plus(turn);
		return new LinkClaim.Granted(
				new DevicePageQuery(chain.application, chain.provider, after, chain.upTo, pageSize, DeviceFilter.NONE),
				PushContent.of("Sale", "Everything must go", Payload.EMPTY), PushPriority.NORMAL, "sale",
				now.minusSeconds(60), now.plusSeconds(3600), turn.isZero() ? null : turn.toMillis());
	}

	private Answer done(Chain chain, PageDone done) {
		if (reportsToFail > 0) {
			reportsToFail--;
			return new Answer(503, null);
		}
		if (!chain.ended && done.after() == chain.position) {
			chain.queued.addAll(done.queued());
			chain.heldUntil = Instant.EPOCH;
			if (done.next() == null) {
				chain.ended = true;
			}
			else {
				chain.position = done.next();
			}
		}
		return new Answer(204, null);
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
	}

	private record Answer(int status, @Nullable Object body) {
	}

	private static final class Chain {

		private final ApplicationId application;

		private final Provider provider;

		private final long upTo;

		private final List<RegistrationId> queued = new ArrayList<>();

		private long position;

		private Instant heldUntil = Instant.EPOCH;

		private Instant dueAt = Instant.EPOCH;

		private boolean ended;

		Chain(ApplicationId application, Provider provider, long after, long upTo) {
			this.application = application;
			this.provider = provider;
			this.position = after;
			this.upTo = upTo;
		}

	}

}
