package dev.herald.emulators.pushes;

import java.util.Map;

/**
 * What arrived for one application at one provider since the start or the last
 * {@link PushLog#clear()}.
 *
 * @param received all requests: the sum of {@code outcomes}
 * @param accepted those the provider took on
 * @param repeated accepted pushes whose device had already accepted one with the same
 * notification id (or, without one, collapse key)
 * @param outcomes the number of requests for each {@link ReceivedPush#outcome()}
 */
public record PushCounts(Provider provider, String application, long received, long accepted, long repeated,
		Map<String, Long> outcomes) {
}
