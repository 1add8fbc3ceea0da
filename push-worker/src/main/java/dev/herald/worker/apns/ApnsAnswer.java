package dev.herald.worker.apns;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of APNs.
 *
 * @param status the HTTP status
 * @param reason APNs' word, or null where the answer held none
 * @param invalidSince with status 410, when the token was last known to be invalid
 */
record ApnsAnswer(int status, @Nullable String reason, @Nullable Instant invalidSince) {
}
