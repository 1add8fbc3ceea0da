package dev.herald.benchmarks.jmh;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A job into the JSON that the broker keeps, and out of it again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PushJobCodec {

	private final PushJob job = job();

	private final byte[] json = HeraldJson.write(job);

	/** What a publisher does. */
	@Benchmark
	public byte[] write() {
		return HeraldJson.write(job);
	}

	/** What a worker does. */
	@Benchmark
	public PushJob read() {
		return HeraldJson.readMessage(json, "application/json", PushJob.class);
	}

	private static PushJob job() {
		Instant now = Instant.parse("2026-03-01T10:15:30.123Z");
		Device device = new Device(new RegistrationId(1_234_567), new DeviceId("0b6f2c52-8f5d-4a43-9a52-2f4a1f0c9d11"),
				new UserId("user-4711"), new ApplicationId("com.acme.rider"), Provider.FCM,
				new DeviceToken("c".repeat(22) + ":" + "APA91b".repeat(23)), Environment.PRODUCTION, now);
		PushContent content = PushContent.of("Your driver is here", "Please meet your driver at the pickup point",
				Payload.parse("{\"ride_id\":\"8c1f4f0e\",\"screen\":\"ride\",\"eta_seconds\":0}"));
		return PushJob.first(NotificationId.create(), device, content, PushPriority.HIGH, null, now,
				now.plusSeconds(3600));
	}

}
