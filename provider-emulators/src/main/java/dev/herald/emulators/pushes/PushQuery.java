package dev.herald.emulators.pushes;

import org.jspecify.annotations.Nullable;

/**
 * Which of the recorded pushes are wanted; null means any.
 *
 * @param after only pushes with a higher sequence
 * @param limit at most so many, 1 to 10,000
 */
public record PushQuery(@Nullable Provider provider, @Nullable String application, @Nullable String token, long after,
		int limit) {

	/** The most pushes one query gives. */
	public static final int MAX_LIMIT = 10_000;

	public PushQuery {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit is %d, expected 1 to %d".formatted(limit, MAX_LIMIT));
		}
	}

	/** Every recorded push, up to the limit. */
	public static PushQuery all() {
		return new PushQuery(null, null, null, 0, MAX_LIMIT);
	}

	/** The pushes of one application at one provider. */
	public static PushQuery of(Provider provider, String application) {
		return new PushQuery(provider, application, null, 0, MAX_LIMIT);
	}

	/** The same query for one device token. */
	public PushQuery withToken(String deviceToken) {
		return new PushQuery(this.provider, this.application, deviceToken, this.after, this.limit);
	}

	/** The same query for what arrived after a sequence. */
	public PushQuery withAfter(long sequence) {
		return new PushQuery(this.provider, this.application, this.token, sequence, this.limit);
	}

	boolean matches(ReceivedPush push) {
		return (this.provider == null || push.provider() == this.provider)
				&& (this.application == null || push.application().equals(this.application))
				&& (this.token == null || push.token().equals(this.token));
	}

}
