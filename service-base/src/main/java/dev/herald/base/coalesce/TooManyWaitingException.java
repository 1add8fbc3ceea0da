package dev.herald.base.coalesce;

/** So many questions wait for an answer that another one would only wait in vain. */
public final class TooManyWaitingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManyWaitingException(Coalescer.Settings settings) {
		super("%d questions wait for %s already".formatted(settings.maxWaiting(), settings.name()));
	}

}
