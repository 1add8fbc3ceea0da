package dev.herald.worker.campaign;

import org.jspecify.annotations.Nullable;

/** The notification API gave no usable answer in time. */
final class CampaignApiException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CampaignApiException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
