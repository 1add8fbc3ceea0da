package dev.herald.api.campaign;

import dev.herald.api.sql.RowList;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.RegistrationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code campaign_chunk}. Whoever reads in order to write holds the lock of the
 * campaign's books.
 */
final class JdbcChunks {

	static final RowList SELECT = new RowList("""
			SELECT chunk, queued, accepted FROM campaign_chunk WHERE (campaign_id, chunk) IN (%s)""", "(?, ?)");

	static final RowList UPSERT = new RowList("""
			INSERT INTO campaign_chunk (campaign_id, chunk, queued, accepted) VALUES %s
			ON DUPLICATE KEY UPDATE queued = VALUES(queued), accepted = VALUES(accepted)""", "(?, ?, ?, ?)");

	private static final byte[] NONE = new byte[0];

	private final JdbcTemplate worker;

	JdbcChunks(JdbcTemplate worker) {
		this.worker = worker;
	}

	/** The chunks of these registrations, by their numbers. */
	SortedMap<Long, Marks> read(CampaignId campaign, Stream<RegistrationId> registrations) {
		List<Long> numbers = registrations.map(Marks::chunk).distinct().sorted().toList();
		SortedMap<Long, Marks> chunks = new TreeMap<>();
		numbers.forEach(number -> chunks.put(number, new Marks(NONE, NONE)));
		for (List<Long> some : parts(numbers)) {
			Object[] keys = RowList.fillUp(some)
				.stream()
				.flatMap(number -> Stream.of(JdbcCampaigns.bytes(campaign), number))
				.toArray();
			worker.query(SELECT.statementFor(some.size()), row -> {
				chunks.put(row.getLong("chunk"), new Marks(row.getBytes("queued"), row.getBytes("accepted")));
			}, keys);
		}
		return chunks;
	}

	/** Writes those that were changed. */
	void write(CampaignId campaign, SortedMap<Long, Marks> chunks) {
		List<Map.Entry<Long, Marks>> changed = chunks.entrySet()
			.stream()
			.filter(chunk -> chunk.getValue().isChanged())
			.toList();
		for (List<Map.Entry<Long, Marks>> some : parts(changed)) {
			Object[] rows = RowList.fillUp(some)
				.stream()
				.flatMap(chunk -> Stream.of(JdbcCampaigns.bytes(campaign), chunk.getKey(), chunk.getValue().queued(),
						chunk.getValue().accepted()))
				.toArray();
			worker.update(UPSERT.statementFor(some.size()), rows);
		}
	}

	private static <T> List<List<T>> parts(List<T> rows) {
		List<List<T>> parts = new ArrayList<>();
		for (int from = 0; from < rows.size(); from += RowList.MAX_ROWS) {
			parts.add(rows.subList(from, Math.min(from + RowList.MAX_ROWS, rows.size())));
		}
		return parts;
	}

}
