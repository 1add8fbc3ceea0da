package dev.herald.worker.campaign;

import dev.herald.base.broker.JoiningPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.broker.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes many messages and waits until the broker has all of them, some at a time so
 * that those of others find room in the same {@link JoiningPublisher}. One that was not
 * confirmed is published again. Safe for use by many threads.
 */
public final class PatientPublisher {

	private static final int AT_ONCE = 250;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration WHEN_SATURATED = Duration.ofMillis(20);

	private static final Duration WHEN_AWAY = Duration.ofMillis(500);

	private final JoiningPublisher publisher;

	public PatientPublisher(JoiningPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * @param worthwhile whether to go on when a message was not confirmed
	 * @throws PublishException if the broker did not take a message, and it is no longer
	 * worthwhile or was tried for half a minute
	 */
	public void publish(List<OutgoingMessage> messages, BooleanSupplier worthwhile)
			throws InterruptedException, TimeoutException {
		for (int from = 0; from < messages.size(); from += AT_ONCE) {
			publishSome(messages.subList(from, Math.min(from + AT_ONCE, messages.size())), worthwhile);
		}
	}

	private void publishSome(List<OutgoingMessage> messages, BooleanSupplier worthwhile)
			throws InterruptedException, TimeoutException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		Left left = publishOnce(messages, end);
		for (PublishException why = left.why(); why != null; why = left.why()) {
			if (!worthwhile.getAsBoolean() || System.nanoTime() > end) {
				throw why;
			}
			Thread.sleep(why.reason() == PublishException.Reason.SATURATED ? WHEN_SATURATED : WHEN_AWAY);
			left = publishOnce(left.messages(), end);
		}
	}

	private Left publishOnce(List<OutgoingMessage> messages, long end) throws InterruptedException, TimeoutException {
		List<CompletableFuture<@Nullable Void>> confirms = messages.stream().map(publisher::publish).toList();
		List<OutgoingMessage> left = new ArrayList<>();
		@Nullable PublishException why = null;
		for (int i = 0; i < messages.size(); i++) {
			PublishException failure = failure(confirms.get(i), end);
			if (failure != null) {
				left.add(messages.get(i));
				why = failure;
			}
		}
		return new Left(left, why);
	}

	private static @Nullable PublishException failure(CompletableFuture<@Nullable Void> confirm, long end)
			throws InterruptedException, TimeoutException {
		try {
			confirm.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
			return null;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof PublishException failure) {
				return failure;
			}
			throw new IllegalStateException("publishing fails with PublishException only", ex.getCause());
		}
	}

	/**
	 * What was not confirmed, and the last reason why.
	 */
	private record Left(List<OutgoingMessage> messages, @Nullable PublishException why) {
	}

}
