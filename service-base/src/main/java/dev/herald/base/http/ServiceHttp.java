package dev.herald.base.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/** HTTP from one of Herald's services to another. */
public final class ServiceHttp {

	private ServiceHttp() {
	}

	/**
	 * A client that keeps its connections open. Its own threads would be platform
	 * threads, one more to wake on the way of each answer; it is given virtual ones. Safe
	 * for use by many threads; it need not be closed.
	 * @param connectTimeout how long a connection may take to open
	 */
	public static HttpClient client(Duration connectTimeout) {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(connectTimeout)
			.executor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("service-http-", 0).factory()))
			.build();
	}

}
