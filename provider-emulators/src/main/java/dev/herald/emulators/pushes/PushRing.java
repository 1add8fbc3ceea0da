package dev.herald.emulators.pushes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The newest pushes, each in the slot of its sequence. Writers never wait: a sequence is
 * drawn before its slot is filled, so a reader that finds a slot not yet filled stops
 * there, and everything after it is left for the next read.
 */
final class PushRing {

	private final AtomicReferenceArray<@Nullable ReceivedPush> slots;

	PushRing(int capacity) {
		this.slots = new AtomicReferenceArray<>(capacity);
	}

	void add(ReceivedPush push) {
		this.slots.set(slot(push.sequence()), push);
	}

	List<ReceivedPush> select(long after, long latest, PushQuery query) {
		List<ReceivedPush> selected = new ArrayList<>();
		long sequence = Math.max(after, latest - this.slots.length()) + 1;
		while (sequence <= latest && selected.size() < query.limit()) {
			ReceivedPush push = this.slots.get(slot(sequence));
			if (push == null || push.sequence() < sequence) {
				break;
			}
			if (push.sequence() == sequence && query.matches(push)) {
				selected.add(push);
			}
			sequence++;
		}
		return selected;
	}

	private int slot(long sequence) {
		return (int) (sequence % this.slots.length());
	}

}
