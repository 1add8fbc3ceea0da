package dev.herald.api.history;

import static java.util.Objects.requireNonNull;

import dev.herald.api.delivery.Delivery.Job;
import dev.herald.api.notification.IdRange;
import dev.herald.api.sql.Columns;
import dev.herald.api.sql.RowList;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the tables of campaigns. */
final class JdbcBroadcasts implements Broadcasts {

	static final String NEWEST = """
			SELECT campaign_id, kind FROM campaign
			WHERE campaign_id < ? AND campaign_id >= ?
			ORDER BY campaign_id DESC LIMIT ?""";

	/**
	 * An outer join, so that MySQL begins with the application, and a hint, so that it
	 * does not walk past the campaigns of all others for the sake of their order.
	 */
	static final String NEWEST_OF_APPLICATION = """
			SELECT /*+ INDEX(a PRIMARY) */ a.campaign_id, c.kind
			FROM campaign_application a LEFT JOIN campaign c ON c.campaign_id = a.campaign_id
			WHERE a.application_id = ? AND a.campaign_id < ? AND a.campaign_id >= ?
			ORDER BY a.campaign_id DESC LIMIT ?""";

	static final String EXISTS = """
			SELECT COUNT(*) FROM campaign WHERE campaign_id = ? AND kind = 'broadcast'""";

	static final String IS_IN = """
			SELECT COUNT(*) FROM campaign_application WHERE application_id = ? AND campaign_id = ?""";

	static final RowList FIND = new RowList(
			"""
					SELECT c.campaign_id, c.status, c.content, c.priority, c.collapse_key, c.accepted_at,
					  COALESCE(c.started_at, c.starts_at) AS begins_at, c.ttl_seconds, b.queued, b.accepted, b.token_invalid, b.rejected, b.expired, b.dead_lettered
					FROM campaign c LEFT JOIN campaign_books b ON b.campaign_id = c.campaign_id
					WHERE c.campaign_id IN (%s) AND c.kind = 'broadcast'""",
			"?");

	static final RowList APPLICATIONS = new RowList("""
			SELECT campaign_id, application_id FROM campaign_application WHERE campaign_id IN (%s)""", "?");

	static final RowList CHUNKS = new RowList("""
			SELECT campaign_id, chunk, queued, accepted FROM campaign_chunk
			WHERE (campaign_id, chunk) IN (%s)""", "(?, ?)");

	private final JdbcTemplate api;

	JdbcBroadcasts(JdbcTemplate api) {
		this.api = api;
	}

	@Override
	public Slice<NotificationId> newest(IdRange range) {
		return slice(NEWEST, Columns.bytes(range.until()), Columns.bytes(range.from()), SLICE);
	}

	@Override
	public Slice<NotificationId> newest(ApplicationId application, IdRange range) {
		return slice(NEWEST_OF_APPLICATION, application.value(), Columns.bytes(range.until()),
				Columns.bytes(range.from()), SLICE);
	}

	private Slice<NotificationId> slice(String query, Object... parameters) {
		List<Campaign> campaigns = api.query(query,
				(row, ignored) -> new Campaign(Columns.notificationId(row, "campaign_id"), isBroadcast(row)),
				parameters);
		return Slice.read(campaigns, SLICE, Campaign::id)
			.with(read -> read.stream().filter(Campaign::broadcast).map(Campaign::id).toList());
	}

	private static boolean isBroadcast(ResultSet row) throws SQLException {
		return "broadcast".equals(row.getString("kind"));
	}

	@Override
	public boolean exists(NotificationId id) {
		return count(EXISTS, Columns.bytes(id)) > 0;
	}

	@Override
	public boolean isIn(ApplicationId application, NotificationId id) {
		return count(IS_IN, application.value(), Columns.bytes(id)) > 0;
	}

	private long count(String query, Object... parameters) {
		return requireNonNull(api.queryForObject(query, Long.class, parameters));
	}

	@Override
	public List<Broadcast> find(Collection<NotificationId> ids) {
		List<Broadcast> found = new ArrayList<>();
		for (List<NotificationId> some : RowList.parts(List.copyOf(ids))) {
			Map<NotificationId, List<ApplicationId>> applications = applications(some);
			found.addAll(api.query(FIND.statementFor(some.size()),
					(row, ignored) -> read(row, applications.getOrDefault(id(row), List.of())), keys(some)));
		}
		return found;
	}

	private Map<NotificationId, List<ApplicationId>> applications(List<NotificationId> ids) {
		Map<NotificationId, List<ApplicationId>> applications = new HashMap<>();
		api.query(APPLICATIONS.statementFor(ids.size()), row -> {
			applications.computeIfAbsent(id(row), ignored -> new ArrayList<>())
				.add(new ApplicationId(row.getString("application_id")));
		}, keys(ids));
		return applications;
	}

	private static Object[] keys(List<NotificationId> ids) {
		return RowList.fillUp(ids).stream().map(Columns::bytes).toArray();
	}

	@Override
	public Map<Job, Boolean> jobs(Collection<NotificationId> ids, Collection<RegistrationId> registrations) {
		Map<Long, List<RegistrationId>> byChunk = registrations.stream()
			.distinct()
			.collect(Collectors.groupingBy(RegistrationBits::chunk));
		List<ChunkKey> keys = ids.stream()
			.flatMap(id -> byChunk.keySet().stream().map(chunk -> new ChunkKey(id, chunk)))
			.toList();
		Map<Job, Boolean> jobs = new HashMap<>();
		for (List<ChunkKey> some : RowList.parts(keys)) {
			api.query(CHUNKS.statementFor(some.size()), row -> {
				addJobs(jobs, row, byChunk.getOrDefault(row.getLong("chunk"), List.of()));
			}, chunkKeys(some));
		}
		return jobs;
	}

	private static Object[] chunkKeys(List<ChunkKey> keys) {
		return RowList.fillUp(keys).stream().flatMap(key -> Stream.of(Columns.bytes(key.id), key.chunk)).toArray();
	}

	/**
	 * A provider may have accepted a job before the page that queued it is reported.
	 */
	private static void addJobs(Map<Job, Boolean> jobs, ResultSet row, List<RegistrationId> registrations)
			throws SQLException {
		NotificationId id = id(row);
		RegistrationBits queued = new RegistrationBits(row.getBytes("queued"));
		RegistrationBits accepted = new RegistrationBits(row.getBytes("accepted"));
		for (RegistrationId registration : registrations) {
			boolean isAccepted = accepted.contains(registration);
			if (isAccepted || queued.contains(registration)) {
				jobs.put(new Job(id, registration), isAccepted);
			}
		}
	}

	private static Broadcast read(ResultSet row, List<ApplicationId> applications) throws SQLException {
		CampaignId id = new CampaignId(id(row).value());
		byte[] content = requireNonNull(row.getString("content"), () -> "broadcast %s has no content".formatted(id))
			.getBytes(StandardCharsets.UTF_8);
		return new Broadcast(id, CampaignStatus.of(row.getString("status")),
				HeraldJson.read(content, PushContent.class), PushPriority.of(row.getString("priority")),
				row.getString("collapse_key"), Columns.instant(row, "accepted_at"),
				Columns.instant(row, "begins_at").plusSeconds(row.getLong("ttl_seconds")), applications, books(row));
	}

	private static Books books(ResultSet row) throws SQLException {
		return Books.counted(row.getLong("queued"), row.getLong("accepted"), row.getLong("token_invalid"),
				row.getLong("rejected"), row.getLong("expired"), row.getLong("dead_lettered"));
	}

	private static NotificationId id(ResultSet row) throws SQLException {
		return Columns.notificationId(row, "campaign_id");
	}

	private record Campaign(NotificationId id, boolean broadcast) {
	}

	private record ChunkKey(NotificationId id, long chunk) {
	}

}
