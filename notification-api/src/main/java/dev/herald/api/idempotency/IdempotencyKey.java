package dev.herald.api.idempotency;

/**
 * What a caller named one request by (IETF draft <em>The Idempotency-Key HTTP Header
 * Field</em>). Two callers may use the same key for different requests.
 *
 * @param caller the name of the caller's API key
 * @param key 1 to {@value #MAX_LENGTH} visible ASCII characters
 */
public record IdempotencyKey(String caller, String key) implements Comparable<IdempotencyKey> {

	/** The longest key taken, in characters. */
	public static final int MAX_LENGTH = 255;

	/**
	 * @throws IllegalArgumentException if the key has another form
	 */
	public IdempotencyKey {
		if (key.isEmpty() || key.length() > MAX_LENGTH || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
			throw new IllegalArgumentException(
					"Idempotency-Key must be 1 to %d visible ASCII characters without spaces, but has %d characters"
						.formatted(MAX_LENGTH, key.length()));
		}
	}

	@Override
	public int compareTo(IdempotencyKey other) {
		int byCaller = caller.compareTo(other.caller);
		return byCaller != 0 ? byCaller : key.compareTo(other.key);
	}

}
