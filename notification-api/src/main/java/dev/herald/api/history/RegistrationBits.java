package dev.herald.api.history;

import dev.herald.common.identity.RegistrationId;
import java.util.BitSet;

/**
 * A bit for each registration of a chunk, from the least significant of the first byte
 * on; bytes that are missing at the end are zero.
 */
final class RegistrationBits {

	private static final int CHUNK = 8192;

	private final BitSet bits;

	RegistrationBits(byte[] bytes) {
		this.bits = BitSet.valueOf(bytes);
	}

	/** The chunk that a registration is in. */
	static long chunk(RegistrationId registration) {
		return registration.value() / CHUNK;
	}

	/** Whether a registration of this chunk is in it. */
	boolean contains(RegistrationId registration) {
		return bits.get((int) (registration.value() % CHUNK));
	}

}
