package dev.herald.api.campaign;

import dev.herald.common.identity.RegistrationId;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;

/**
 * The bits of one chunk of registrations: for which a job was queued, and whose the
 * provider accepted. For use by one thread, who holds the lock of the campaign's books.
 */
final class Marks {

	/** How many registrations a chunk has. */
	static final int CHUNK = 8192;

	private final BitSet queued;

	private final BitSet accepted;

	private boolean changed;

	Marks(byte[] queued, byte[] accepted) {
		this.queued = BitSet.valueOf(queued);
		this.accepted = BitSet.valueOf(accepted);
	}

	/** The marks that a registration is in, among those that were read for it. */
	static Marks of(Map<Long, Marks> read, RegistrationId registration) {
		return Objects.requireNonNull(read.get(chunk(registration)), "every chunk that is asked for is there");
	}

	/** The number of the chunk that a registration is in. */
	static long chunk(RegistrationId registration) {
		return registration.value() / CHUNK;
	}

	/** Notes that a job was queued; tells whether that is new. */
	boolean queue(RegistrationId registration) {
		return set(queued, registration);
	}

	/** Notes that a job was accepted; tells whether that is new. */
	boolean accept(RegistrationId registration) {
		return set(accepted, registration);
	}

	boolean isAccepted(RegistrationId registration) {
		return accepted.get(bit(registration));
	}

	private boolean set(BitSet bits, RegistrationId registration) {
		int bit = bit(registration);
		boolean isNew = !bits.get(bit);
		bits.set(bit);
		changed |= isNew;
		return isNew;
	}

	private static int bit(RegistrationId registration) {
		return (int) (registration.value() % CHUNK);
	}

	boolean isChanged() {
		return changed;
	}

	byte[] queued() {
		return queued.toByteArray();
	}

	byte[] accepted() {
		return accepted.toByteArray();
	}

}
