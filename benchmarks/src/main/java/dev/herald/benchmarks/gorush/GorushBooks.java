package dev.herald.benchmarks.gorush;

import java.net.URI;
import java.util.BitSet;
import java.util.Map;
import java.util.function.IntPredicate;

import dev.herald.benchmarks.gorush.Course.Books;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.load.LoadRequest;
import dev.herald.benchmarks.load.Samples;
import dev.herald.emulators.pushes.Provider;

/**
 * Pushes to gorush, half to FCM and half to APNs, each to a token of its own by which it
 * is found again. gorush answers 200 when it has taken a push into its queue.
 */
final class GorushBooks implements Books {

	private static final int ANDROID = 2;

	private static final int IOS = 1;

	private static final String TITLE = "Your driver is here";

	private static final String MESSAGE = "Please meet your driver at the pickup point";

	private final URI gorush;

	private final String application;

	/**
	 * @param gorush where it listens
	 * @param application what APNs calls the topic
	 */
	GorushBooks(URI gorush, String application) {
		this.gorush = gorush;
		this.application = application;
	}

	/** The request of one push. */
	LoadRequest push(long number) {
		int at = Math.toIntExact(number);
		String json = at % 2 == 0 ? body(ANDROID, Provider.FCM.sampleToken(number), "")
				: body(IOS, Provider.APNS.sampleToken(number), ",\"topic\":\"%s\"".formatted(application));
		return LoadRequest.post(at, gorush, "/api/push", "unused", Map.of(), json);
	}

	private static String body(int platform, String token, String more) {
		return "{\"notifications\":[{\"tokens\":[\"%s\"],\"platform\":%d,\"title\":\"%s\",\"message\":\"%s\"%s}]}"
			.formatted(token, platform, TITLE, MESSAGE, more);
	}

	@Override
	public boolean promises(Samples samples, int sample) {
		return samples.isAnswered(sample, 200);
	}

	@Override
	public IntPredicate arrived(Samples samples, Landings landings) {
		BitSet numbers = new BitSet();
		for (int i = 0; i < landings.count(); i++) {
			numbers.set(Math.toIntExact(landings.token(i)));
		}
		return sample -> numbers.get(samples.kind(sample));
	}

}
