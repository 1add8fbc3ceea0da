package dev.herald.benchmarks.limits;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.CpuMeter;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * Sends with one library as fast as it goes, so many pushes in flight, in a process of
 * its own.
 */
final class LibraryMain {

	private final LibraryOrder order;

	private final Library library;

	private final Semaphore room;

	private final LongAdder accepted = new LongAdder();

	private final AtomicReference<String> trouble = new AtomicReference<>("");

	private long sent;

	private LibraryMain(LibraryOrder order, Library library) {
		this.order = order;
		this.library = library;
		this.room = new Semaphore(order.inFlight());
	}

	public static void main(String[] arguments) throws Exception {
		ChildJvm.answer(LibraryOrder.class, order -> new LibraryMain(order, open(order)).measure());
	}

	private static Library open(LibraryOrder order) throws IOException, GeneralSecurityException {
		return switch (order.contender()) {
			case PUSHY -> PushyLibrary.open(order);
			case FIREBASE_DEFAULT -> FirebaseLibrary.overDefaultTransport(order);
			case FIREBASE_BEST -> FirebaseLibrary.overHeraldsTransport(order);
		};
	}

	private LibraryReport measure() throws InterruptedException {
		CpuMeter meter = new CpuMeter().self("client").part("server", order.emulatorsPid());
		sendFor(order.warmUpMillis());
		long acceptedBefore = accepted.sum();
		CpuMeter.Reading before = meter.read();
		sendFor(order.measuredMillis());
		long measured = accepted.sum() - acceptedBefore;
		CpuMeter.Usage usage = meter.read().since(before);
		room.acquire(order.inFlight());
		return new LibraryReport(sent, accepted.sum(), trouble.get(), measured, usage.seconds(),
				usage.perPush("client", 1), usage.perPush("server", 1));
	}

	private void sendFor(long millis) throws InterruptedException {
		long end = System.nanoTime() + millis * 1_000_000;
		while (System.nanoTime() - end < 0) {
			room.acquire();
			library.send(sent++, this::done);
		}
	}

	private void done(@Nullable Throwable failure) {
		if (failure == null) {
			accepted.increment();
		}
		else {
			trouble.compareAndSet("", failure + ", caused by " + NestedExceptionUtils.getMostSpecificCause(failure));
		}
		room.release();
	}

}
