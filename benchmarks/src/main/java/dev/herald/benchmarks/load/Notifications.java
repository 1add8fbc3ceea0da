package dev.herald.benchmarks.load;

import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.common.identity.ApplicationId;
import dev.herald.systemtests.Audience;
import dev.herald.systemtests.Keys;
import java.net.URI;
import java.util.Map;

/**
 * The requests of a load: an ordinary notification to one user after the other of an
 * audience, and the question for a user's past ones.
 */
public final class Notifications {

	/** The kind of {@link #post}. */
	public static final int POST = 0;

	/** The kind of {@link #getPast}. */
	public static final int GET = 1;

	/**
	 * How many send at once where the rate is to be Herald's. Each waits for its answer:
	 * with 128 the rate is theirs, as many in flight for 70 ms each.
	 */
	public static final int SENDERS = 256;

	private static final String BODY = """
			{"title":"Your driver is here","message":"Please meet your driver at the pickup point",\
			"payload":{"ride":"7d1c4f0e","stop":3,"link":"https://acme.example/rides/7d1c4f0e"}}""";

	private final URI api;

	private final Audience audience;

	private final int users;

	/**
	 * @param users how many of the audience are sent to
	 */
	public Notifications(MeasuredHouse house, Audience audience, int users) {
		this.api = house.api().uri();
		this.audience = audience;
		this.users = users;
	}

	/** {@code POST /notification} to the user whose turn it is. */
	public LoadRequest post(long number) {
		int user = user(number);
		return LoadRequest.post(POST, api, "/notification", Keys.SENDER,
				Map.of("user_id", audience.user(user).value(), "application_id", application(user).value()), BODY);
	}

	/** {@code GET /notifications} of the user whose turn it is. */
	public LoadRequest getPast(long number) {
		int user = user(number);
		return LoadRequest.get(GET, api, "/notifications?user_id=%s&application_id=%s&limit=20"
			.formatted(audience.user(user), application(user)), Keys.OPERATOR);
	}

	/** The two in turn. */
	public LoadRequest postOrGet(long number) {
		return number % 2 == 0 ? post(number / 2) : getPast(number / 2);
	}

	private ApplicationId application(int user) {
		return audience.application(user);
	}

	private int user(long number) {
		return (int) (number % users);
	}

}
