package dev.herald.emulators;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import dev.herald.emulators.credentials.ApplicationCredentials;
import dev.herald.emulators.pushes.ReceivedPush;
import org.jspecify.annotations.Nullable;

/** The emulators as a program: options from the arguments, else from the environment. */
final class CommandLine {

	private static final String ENVIRONMENT_PREFIX = "HERALD_EMULATORS_";

	private static final Map<String, String> OPTIONS = options();

	private final Map<String, String> values;

	private CommandLine(Map<String, String> values) {
		this.values = values;
	}

	private static Map<String, String> options() {
		Map<String, String> options = new LinkedHashMap<>();
		options.put("directory", "where the CA and the credentials are kept (run/emulators)");
		options.put("applications", "ids of the applications to know, with commas (com.acme.rider)");
		options.put("bind", "address to listen on; other than loopback needs a control key (127.0.0.1)");
		options.put("host", "name that clients reach the emulators by (localhost)");
		options.put("more-hosts", "further names for the certificate, with commas");
		options.put("fcm-port", "FCM over TLS (9443)");
		options.put("apns-port", "APNs over TLS (9444)");
		options.put("token-port", "OAuth tokens of FCM over plain HTTP (9445)");
		options.put("control-port", "control over plain HTTP (9446)");
		options.put("token-uri", "token_uri of the service accounts (http://HOST:TOKEN-PORT/token)");
		options.put("control-key", "bearer key of the control port; better given by the environment");
		options.put("recent-pushes", "how many pushes are kept (10000)");
		options.put("tracked-for-repeats", "for how many (device, notification) pairs repeats are counted (100000)");
		options.put("threads", "how many threads serve all connections (2)");
		options.put("print", "true prints each push as it arrives (false)");
		return options;
	}

	/** Runs until the process is told to stop. */
	static void run(String[] arguments) throws InterruptedException {
		if (Arrays.asList(arguments).contains("--help")) {
			printHelp(System.out);
			return;
		}
		try {
			CommandLine line = parse(arguments, System.getenv()::get);
			serve(ProviderEmulators.start(line.toOptions()), line.flag("print"));
		}
		catch (IllegalArgumentException | IllegalStateException | UncheckedIOException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	private static void serve(ProviderEmulators emulators, boolean print) throws InterruptedException {
		CountDownLatch stopped = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			emulators.close();
			stopped.countDown();
		}, "provider-emulators-stop"));
		describe(emulators, System.out);
		if (print) {
			emulators.pushes().listen(CommandLine::print);
		}
		stopped.await();
	}

	/**
	 * Reads {@code --name=value} and {@code --name value}.
	 * @throws IllegalArgumentException if an argument is not one of those
	 */
	static CommandLine parse(String[] arguments, Function<String, @Nullable String> environment) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String option : OPTIONS.keySet()) {
			String name = ENVIRONMENT_PREFIX + option.replace('-', '_').toUpperCase(Locale.ROOT);
			String value = environment.apply(name);
			if (value != null && !value.isEmpty()) {
				values.put(option, value);
			}
		}
		for (int at = 0; at < arguments.length; at++) {
			String argument = arguments[at];
			int equals = argument.indexOf('=');
			boolean separate = equals < 0 && at + 1 < arguments.length;
			String name = known((equals < 0) ? argument : argument.substring(0, equals));
			if (equals < 0 && !separate) {
				throw new IllegalArgumentException("%s has no value, expected --%s=VALUE".formatted(argument, name));
			}
			values.put(name, separate ? arguments[++at] : argument.substring(equals + 1));
		}
		return new CommandLine(values);
	}

	private static String known(String argument) {
		if (!argument.startsWith("--") || !OPTIONS.containsKey(argument.substring(2))) {
			throw new IllegalArgumentException(
					"There is no option '%s', expected one of %s or --help".formatted(argument, OPTIONS.keySet()));
		}
		return argument.substring(2);
	}

	EmulatorOptions toOptions() {
		EmulatorOptions.Builder builder = EmulatorOptions.in(Path.of(text("directory", "run/emulators")))
			.withApplications(list("applications", "com.acme.rider"))
			.withBindAddress(text("bind", "127.0.0.1"))
			.withHost(text("host", "localhost"))
			.withMoreHosts(list("more-hosts", ""))
			.withPorts(number("fcm-port", 9443), number("apns-port", 9444), number("token-port", 9445),
					number("control-port", 9446))
			.withRecentPushes(number("recent-pushes", 10_000))
			.withTrackedForRepeats(number("tracked-for-repeats", 100_000))
			.withThreads(number("threads", 2));
		String tokenUri = this.values.get("token-uri");
		if (tokenUri != null) {
			builder.withTokenUri(URI.create(tokenUri));
		}
		String controlKey = this.values.get("control-key");
		return ((controlKey != null) ? builder.withControlKey(controlKey) : builder).build();
	}

	private String text(String name, String otherwise) {
		return this.values.getOrDefault(name, otherwise);
	}

	private List<String> list(String name, String otherwise) {
		return Arrays.stream(text(name, otherwise).split(","))
			.map(String::strip)
			.filter((id) -> !id.isEmpty())
			.toList();
	}

	private int number(String name, int otherwise) {
		String value = text(name, Integer.toString(otherwise));
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("--%s is '%s', expected a whole number".formatted(name, value), ex);
		}
	}

	boolean flag(String name) {
		String value = text(name, "false");
		if (!value.equals("true") && !value.equals("false")) {
			throw new IllegalArgumentException("--%s is '%s', expected true or false".formatted(name, value));
		}
		return value.equals("true");
	}

	private static void printHelp(PrintStream out) {
		out.println("Emulators of FCM and APNs. Options (default), each also from the environment, as "
				+ ENVIRONMENT_PREFIX + "FCM_PORT:");
		OPTIONS.forEach((name, meaning) -> out.printf("  --%-20s %s%n", name, meaning));
	}

	private static void describe(ProviderEmulators emulators, PrintStream out) {
		out.println("EMULATORS of FCM and APNs, for trying out only: no push reaches any phone.");
		out.println("  FCM      " + emulators.fcmUri());
		out.println("  tokens   " + emulators.tokenUri());
		out.println("  APNs     " + emulators.apnsHost() + ":" + emulators.apnsPort());
		out.println("  control  " + emulators.controlUri());
		out.println("  CA       " + emulators.authorityFile());
		out.println("  Herald   " + emulators.applicationsFile());
		for (ApplicationCredentials application : emulators.applications()) {
			out.println("  " + application.application());
			out.println("    FCM   project " + application.projectId() + ", " + application.serviceAccountFile());
			out.println("    APNs  team " + application.teamId() + ", key " + application.keyId() + ", "
					+ application.apnsKeyFile());
		}
	}

	private static void print(ReceivedPush push) {
		System.out.printf("%s %s %s %s %s: %s%n", push.receivedAt(), push.provider().wireName(), push.application(),
				push.token(), push.outcome(), push.title());
	}

}
