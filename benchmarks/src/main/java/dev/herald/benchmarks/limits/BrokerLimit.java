package dev.herald.benchmarks.limits;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.testsupport.BrokerServer;
import org.jspecify.annotations.Nullable;

/**
 * RabbitMQ by its own load tool: one quorum queue, persistent messages of 1 KB, confirms,
 * consumed and acknowledged as they come.
 *
 * @see <a href="https://perftest.rabbitmq.com/">PerfTest</a>
 */
final class BrokerLimit {

	/**
	 * {@code id: limits, time 2.000 s, sent: 17008 msg/s, …, received: 16900 msg/s, …}
	 */
	private static final Pattern INTERVAL = Pattern
		.compile("time (?<time>[\\d.]+) s,.*?sent: (?<sent>[\\d.]+) msg/s.*?received: (?<received>[\\d.]+) msg/s.*");

	private BrokerLimit() {
	}

	static Report measure(BrokerServer server, BenchmarkContext context) {
		int warmUp = (int) context.seconds(2, 10).toSeconds();
		int measured = (int) context.seconds(4, 30).toSeconds();
		try (ChildJvm tool = ChildJvm.start("perf-test", context.logs(), List.of(), "com.rabbitmq.perf.PerfTest",
				List.of("--uri", server.broker().uri().toString(), "--id", "limits", "--queue", "limits",
						"--quorum-queue", "--flag", "persistent", "--size", "1024", "--confirm", "500", "--qos", "500",
						"--multi-ack-every", "50", "--producers", "1", "--consumers", "1", "--time",
						Integer.toString(warmUp + measured + 1), "--use-millis"))) {
			Window window = new Window(new CpuMeter().part("client", tool.pid()).part("server", server.pid()), warmUp,
					warmUp + measured);
			tool.lines(window::line);
			return window.report();
		}
	}

	/** The seconds that count, between the warm-up and the end. */
	static final class Window {

		private final CpuMeter meter;

		private final double from;

		private final double until;

		private CpuMeter.@Nullable Reading begin;

		private CpuMeter.@Nullable Reading end;

		private double lastTime;

		private double messages;

		Window(CpuMeter meter, double from, double until) {
			this.meter = meter;
			this.from = from;
			this.until = until;
		}

		void line(String line) {
			Matcher interval = INTERVAL.matcher(line);
			if (!interval.find()) {
				return;
			}
			double time = Double.parseDouble(interval.group("time"));
			if (begin != null && end == null) {
				messages += Double.parseDouble(interval.group("received")) * (time - lastTime);
				end = time >= until - 0.5 ? meter.read() : null;
			}
			if (begin == null && time >= from - 0.5) {
				begin = meter.read();
			}
			lastTime = time;
		}

		double messages() {
			return messages;
		}

		Report report() {
			if (begin == null || end == null || messages == 0) {
				throw new BenchmarkFailedException(
						"PerfTest must have told of %.0f s, but told of %.0f s and %.0f messages".formatted(until,
								lastTime, messages));
			}
			CpuMeter.Usage usage = end.since(begin);
			return new Report(messages / usage.seconds(), usage.perPush("client", messages),
					usage.perPush("server", messages));
		}

	}

	/**
	 * What it does.
	 *
	 * @param perSecond messages published, confirmed and consumed a second
	 * @param clientMicros CPU µs of the load tool for each
	 * @param serverMicros CPU µs of the broker for each
	 */
	record Report(double perSecond, double clientMicros, double serverMicros) {
	}

}
