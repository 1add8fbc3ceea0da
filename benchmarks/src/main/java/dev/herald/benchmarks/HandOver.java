package dev.herald.benchmarks;

import java.util.concurrent.Semaphore;

/**
 * What it takes this machine to wake a thread that sleeps. A push is handed over some
 * thirty times between threads and processes, and virtual machines that give an idle core
 * away at once are slow at that.
 *
 * @see <a href="https://docs.kernel.org/virt/guest-halt-polling.html">Linux, Guest halt
 * polling</a>
 */
final class HandOver {

	private static final int WARM_UP = 500;

	private static final int MEASURED = 2000;

	private final Semaphore there = new Semaphore(0);

	private final Semaphore back = new Semaphore(0);

	private HandOver() {
		Thread.ofPlatform().daemon().start(() -> {
			for (int turn = 0; turn < WARM_UP + MEASURED; turn++) {
				there.acquireUninterruptibly();
				back.release();
			}
		});
	}

	/**
	 * How long one of two threads that take turns waits until the other is awake: the
	 * mean in µs. Nothing else should be running.
	 */
	static double micros() {
		HandOver handOver = new HandOver();
		handOver.takeTurns(WARM_UP);
		long began = System.nanoTime();
		handOver.takeTurns(MEASURED);
		return (System.nanoTime() - began) / 1e3 / (2 * MEASURED);
	}

	private void takeTurns(int turns) {
		for (int turn = 0; turn < turns; turn++) {
			there.release();
			back.acquireUninterruptibly();
		}
	}

}
