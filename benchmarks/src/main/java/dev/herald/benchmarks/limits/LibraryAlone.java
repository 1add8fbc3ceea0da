package dev.herald.benchmarks.limits;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.house.EmulatorProcess;
import tools.jackson.databind.JsonNode;

/**
 * A provider's library by itself, in a process of its own, as fast as it goes against the
 * emulators.
 *
 * @param contender which library, and over what
 * @param jvm what its JVM is told
 * @param delay after which the emulator answers
 * @param connections HTTP/2 connections, enough for what is in flight; 0 where the
 * library lets nobody choose
 * @param inFlight how many pushes are under way at a time
 */
public record LibraryAlone(Contender contender, LibraryJvm jvm, Duration delay, int connections, int inFlight) {

	/** What the push worker is compared with for APNs. */
	public static final LibraryAlone PUSHY = new LibraryAlone(Contender.PUSHY, LibraryJvm.LIKE_THE_WORKER,
			Duration.ZERO, 1, 900);

	/** What the push worker is compared with for FCM. */
	public static final LibraryAlone FIREBASE = new LibraryAlone(Contender.FIREBASE_BEST, LibraryJvm.LIKE_THE_WORKER,
			Duration.ZERO, 8, 200);

	/** Nothing secret is in it, but a JVM that is told none finds it empty. */
	private static final String TRUST_STORE_PASSWORD = "changeit";

	/** What it is called in tables and pictures. */
	public String title() {
		return contender.title() + (jvm == LibraryJvm.AS_IT_COMES ? "" : ", JVM " + jvm.title())
				+ (delay.isZero() ? "" : ", replies after %d ms".formatted(delay.toMillis()));
	}

	/**
	 * Sends pushes for half a minute, of which the last ten seconds count. What the
	 * emulators were told and what they have recorded is forgotten.
	 * @param application one that the emulators have credentials for
	 * @throws BenchmarkFailedException if a push was not accepted or did not arrive
	 */
	public LibraryReport measure(EmulatorProcess emulators, String application, BenchmarkContext context)
			throws IOException, GeneralSecurityException {
		emulators.behave();
		if (!delay.isZero()) {
			emulators.delayAnswers(contender.provider(), delay);
		}
		emulators.forget();
		List<String> options = new ArrayList<>(jvm.options());
		options.add("-Djavax.net.ssl.trustStore=" + trustStore(emulators.authorityFile(), context.logs()));
		options.add("-Djavax.net.ssl.trustStorePassword=" + TRUST_STORE_PASSWORD);
		LibraryReport report = ChildJvm.ask(contender.name().toLowerCase(Locale.ROOT), context.logs(), options,
				LibraryMain.class, order(emulators, application, context), LibraryReport.class);
		int arrived = emulators.count();
		BenchmarkFailedException.require(
				report.accepted() == report.sent() && arrived == report.sent() && report.measured() > 0,
				"all %,d pushes of %s must be accepted".formatted(report.sent(), title()),
				"%,d were, %,d arrived; %s".formatted(report.accepted(), arrived, report.trouble()));
		return report;
	}

	private LibraryOrder order(EmulatorProcess emulators, String application, BenchmarkContext context) {
		JsonNode credentials = emulators.credentials(application);
		JsonNode apns = credentials.required("apns");
		return new LibraryOrder(contender, connections, inFlight, emulators.fcmUri().toString(), emulators.apnsHost(),
				emulators.apnsPort(), emulators.authorityFile().toString(),
				credentials.required("fcm").required("service_account_file").asString(),
				apns.required("key_file").asString(), apns.required("team_id").asString(),
				apns.required("key_id").asString(), application, emulators.pid(), context.size().of(2_000, 20_000),
				context.seconds(2, 10).toMillis());
	}

	/**
	 * What the library that cannot be told whom to trust reads from the JVM's options.
	 */
	private static Path trustStore(Path authority, Path folder) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		try (InputStream pem = Files.newInputStream(authority)) {
			store.setCertificateEntry("emulators", CertificateFactory.getInstance("X.509").generateCertificate(pem));
		}
		Path file = folder.resolve("trusted.p12").toAbsolutePath();
		try (OutputStream out = Files.newOutputStream(file)) {
			store.store(out, TRUST_STORE_PASSWORD.toCharArray());
		}
		return file;
	}

}
