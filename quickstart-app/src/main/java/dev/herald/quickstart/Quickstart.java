package dev.herald.quickstart;

import dev.herald.common.identity.ApplicationId;
import dev.herald.emulators.EmulatorOptions;
import dev.herald.emulators.ProviderEmulators;
import dev.herald.emulators.pushes.ReceivedPush;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./quickstart} and {@code ./quickstart --demo}. */
public final class Quickstart {

	private static final String USAGE = """
			Usage: ./quickstart [--demo]
			  (nothing)  starts Herald with emulated providers and keeps it running until Ctrl-C
			  --demo     starts it, sends notifications to several devices, checks the books, and ends
			""";

	private Quickstart() {
	}

	/**
	 * Runs it. Ends with status 0 if all is well, 1 if the demo failed, 2 if it was
	 * called wrongly.
	 */
	@SuppressWarnings("SystemOut")
	public static void main(String[] arguments) {
		System.exit(switch (List.of(arguments)) {
			case List<String> none when none.isEmpty() -> stay(System.out);
			case List<String> demo when demo.equals(List.of("--demo")) -> demo(System.out);
			case List<String> other -> {
				System.err.print("Unknown arguments " + other + "\n" + USAGE);
				yield 2;
			}
		});
	}

	static int demo(PrintStream out) {
		Landings landings = new Landings();
		String books;
		try (House house = start(Ports.ANY, out, landings)) {
			books = new Demo(new HeraldHttp(house.api(), house.tokenStore(), house.keys()), landings, out).run();
		}
		catch (DemoFailedException ex) {
			out.println("The demo failed: " + ex.getMessage());
			return 1;
		}
		// After everything has closed, so that it is the last line.
		out.println(books);
		return 0;
	}

	private static int stay(PrintStream out) {
		House house = start(Ports.USUAL, out, new Landings());
		Runtime.getRuntime().addShutdownHook(new Thread(house::close, "close-house"));
		new Welcome(house).print(out);
		try {
			Thread.currentThread().join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return 0;
	}

	private static House start(Ports ports, PrintStream out, Landings landings) {
		out.println("Herald quickstart: an embedded database (H2) and broker (Qpid Broker-J) and emulated FCM and APNs,"
				+ " all in memory. For trying out only: nothing survives a restart.");
		ProviderEmulators emulators = ProviderEmulators.start(EmulatorOptions.in(directory())
			.withApplications(House.APPLICATIONS.stream().map(ApplicationId::value).toList())
			.build());
		emulators.pushes().listen(push -> {
			landings.add(push);
			out.println(line(push));
		});
		return new House(ports, emulators);
	}

	private static String line(ReceivedPush push) {
		return "  push at %s  %-15s  token %s…  \"%s\"  %s".formatted(push.provider(), push.application(),
				push.token().substring(0, Math.min(12, push.token().length())), push.title(), push.outcome());
	}

	private static Path directory() {
		try {
			return Files.createTempDirectory("herald-quickstart");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
