package dev.herald.benchmarks.house;

import dev.herald.emulators.pushes.ReceivedPush;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Every accepted push as four numbers, in the order of their arrival: a load of millions
 * would not fit otherwise, and must cost the emulators little. Written by any thread;
 * read, and cleared, when nothing is written.
 */
final class LandingLog {

	static final int NUMBERS = 4;

	/** What the last of the numbers ends in. */
	static final long FCM = 0;

	/** Likewise. */
	static final long APNS = 1;

	private static final int CHUNK = 1 << 16;

	private static final int CHUNKS = 1 << 10;

	private final AtomicInteger next = new AtomicInteger();

	private final AtomicReferenceArray<long[]> chunks = new AtomicReferenceArray<>(CHUNKS);

	void record(ReceivedPush push) {
		if (!push.accepted()) {
			return;
		}
		long nanos = System.nanoTime();
		int at = next.getAndIncrement();
		long[] chunk = chunk(at / CHUNK);
		int slot = at % CHUNK * NUMBERS;
		String id = push.notificationId();
		if (id != null) {
			UUID notification = UUID.fromString(id);
			chunk[slot + 1] = notification.getMostSignificantBits();
			chunk[slot + 2] = notification.getLeastSignificantBits();
		}
		chunk[slot + 3] = tokenNumber(push) << 1 | providerBit(push);
		chunk[slot] = nanos;
	}

	private long[] chunk(int index) {
		if (index >= CHUNKS) {
			throw new IllegalStateException("%,d pushes are recorded, and no more can be".formatted(CHUNK * CHUNKS));
		}
		long[] known = chunks.get(index);
		if (known == null) {
			chunks.compareAndSet(index, null, new long[CHUNK * NUMBERS]);
			known = chunks.get(index);
		}
		return known;
	}

	private static long providerBit(ReceivedPush push) {
		return switch (push.provider()) {
			case FCM -> FCM;
			case APNS -> APNS;
		};
	}

	/** The number that the sample token was made of, or -1 for any other token. */
	private static long tokenNumber(ReceivedPush push) {
		String token = push.token();
		try {
			return switch (push.provider()) {
				case FCM -> Long.parseLong(token, token.length() - 16, token.length(), 16);
				case APNS -> Long.parseLong(token, 48, 64, 16);
			};
		}
		catch (NumberFormatException | IndexOutOfBoundsException ex) {
			return -1;
		}
	}

	int count() {
		return next.get();
	}

	void clear() {
		next.set(0);
		for (int i = 0; i < CHUNKS; i++) {
			chunks.set(i, null);
		}
	}

	void writeTo(DataOutputStream out) throws IOException {
		int count = count();
		for (int at = 0; at < count; at++) {
			long[] chunk = chunks.get(at / CHUNK);
			for (int i = 0; i < NUMBERS; i++) {
				out.writeLong(chunk[at % CHUNK * NUMBERS + i]);
			}
		}
		out.flush();
	}

}
