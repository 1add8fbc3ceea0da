package dev.herald.testsupport;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value made when it is first asked for, once, whoever asks. A failure is kept too:
 * what did not start for the first test is not tried again for each of the others.
 */
final class Lazy<T> {

	private @Nullable Supplier<T> maker;

	private @Nullable T value;

	private @Nullable RuntimeException failure;

	Lazy(Supplier<T> maker) {
		this.maker = maker;
	}

	synchronized T get() {
		if (maker != null) {
			make(maker);
			maker = null;
		}
		if (failure != null) {
			throw new IllegalStateException(failure.getMessage(), failure);
		}
		return java.util.Objects.requireNonNull(value);
	}

	private void make(Supplier<T> first) {
		try {
			value = first.get();
		}
		catch (RuntimeException ex) {
			failure = ex;
		}
	}

}
