package dev.herald.worker.job;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A time that a test moves. */
final class ManualTime implements TimeMeter {

	private long nanos;

	void advance(Duration duration) {
		nanos += duration.toNanos();
	}

	@Override
	public long currentTimeNanos() {
		return nanos;
	}

	@Override
	public boolean isWallClockBased() {
		return false;
	}

}
