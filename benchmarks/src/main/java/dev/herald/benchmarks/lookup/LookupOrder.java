package dev.herald.benchmarks.lookup;

/**
 * What a {@link LookupMain} is to measure.
 *
 * @param users users 0 and on, of which each look-up takes one at random
 * @param preparedOnServer whether statements are prepared on the server and kept
 * @param threads how many ask, each with a connection if there are enough
 * @param perSecond look-ups a second, which begin at even times whether or not those
 * before have ended; 0 for as fast as the threads go
 * @param connections the size of the pool that people wait for
 * @param bulkThreads how many threads meanwhile look up 500 users at a time, as campaigns
 * do
 * @param bulkConnections the size of a second pool for those, 0 if they share the first
 * @param serverPid the database's process, or -1 if it cannot be seen
 * @param warmUpMillis how long it runs before it is measured
 * @param measuredMillis how long it is measured
 */
public record LookupOrder(String url, String username, String password, long users, Question question,
		boolean preparedOnServer, int threads, double perSecond, int connections, int bulkThreads, int bulkConnections,
		long serverPid, long warmUpMillis, long measuredMillis) {

	/**
	 * One question as fast as eight threads go, with a pool as the token store has it.
	 */
	public static LookupOrder of(DeviceTable table, Question question, long serverPid, long warmUpMillis,
			long measuredMillis) {
		return new LookupOrder(table.database().jdbcUrl(), table.database().username(), table.database().password(),
				table.users(), question, true, 8, 0, 8, 0, 0, serverPid, warmUpMillis, measuredMillis);
	}

	LookupOrder at(double rate) {
		return new LookupOrder(url, username, password, users, question, preparedOnServer, threads, rate, connections,
				bulkThreads, bulkConnections, serverPid, warmUpMillis, measuredMillis);
	}

	/** After longer: at a fixed rate the JIT has less to go by, and a p99 shows it. */
	LookupOrder warmedUp(long millis) {
		return new LookupOrder(url, username, password, users, question, preparedOnServer, threads, perSecond,
				connections, bulkThreads, bulkConnections, serverPid, millis, measuredMillis);
	}

	LookupOrder notPrepared() {
		return new LookupOrder(url, username, password, users, question, false, threads, perSecond, connections,
				bulkThreads, bulkConnections, serverPid, warmUpMillis, measuredMillis);
	}

	LookupOrder besideBulk(int bulkers, int sharedOrOwn, int ownForBulk) {
		return new LookupOrder(url, username, password, users, question, preparedOnServer, threads, perSecond,
				sharedOrOwn, bulkers, ownForBulk, serverPid, warmUpMillis, measuredMillis);
	}

	/** One look-up after the other. */
	LookupOrder alone() {
		return new LookupOrder(url, username, password, users, question, preparedOnServer, 1, perSecond, connections,
				bulkThreads, bulkConnections, serverPid, warmUpMillis, measuredMillis);
	}

}
