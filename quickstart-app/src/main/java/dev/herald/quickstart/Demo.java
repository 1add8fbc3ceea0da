package dev.herald.quickstart;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.quickstart.HeraldHttp.Taken;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A day in the life of two users: they log in on several devices, get notifications, and
 * one logs out. Everything is done and asked by HTTP, and checked against what the
 * emulators saw.
 */
final class Demo {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final ApplicationId RIDER = House.APPLICATIONS.getFirst();

	private static final ApplicationId DRIVER = House.APPLICATIONS.getLast();

	private static final UserId ANA = new UserId("ana");

	private static final UserId BEN = new UserId("ben");

	private static final Phone ANAS_PIXEL = new Phone(ANA, RIDER, "anas-pixel", Provider.FCM);

	private static final Phone ANAS_IPHONE = new Phone(ANA, RIDER, "anas-iphone", Provider.APNS);

	private static final List<Phone> PHONES = List.of(ANAS_PIXEL, ANAS_IPHONE,
			new Phone(ANA, DRIVER, "anas-work-phone", Provider.FCM),
			new Phone(BEN, RIDER, "bens-iphone", Provider.APNS), new Phone(BEN, DRIVER, "bens-galaxy", Provider.FCM));

	private final HeraldHttp herald;

	private final Landings landings;

	private final PrintStream out;

	private final List<Sent> sent = new ArrayList<>();

	Demo(HeraldHttp herald, Landings landings, PrintStream out) {
		this.herald = herald;
		this.landings = landings;
		this.out = out;
	}

	/**
	 * Runs it, and prints the table.
	 * @return the books, in a line
	 * @throws DemoFailedException if anything is not as it must be
	 */
	String run() {
		PHONES.forEach(
				phone -> herald.register(phone.user, phone.application, phone.device(), phone.provider, phone.token()));

		send(ANA, RIDER.value(), "Your driver is here", 2);
		send(BEN, RIDER.value(), "Your driver is two minutes away", 1);
		send(ANA, "*", "Your weekly summary", 3);
		sent.forEach(this::awaitEnd);

		herald.logOut(ANA, RIDER, ANAS_PIXEL.device());
		long before = landings.count(ANAS_PIXEL.token());
		Sent afterLogout = send(ANA, RIDER.value(), "Your receipt", 1);
		awaitEnd(afterLogout);
		require(landings.count(ANAS_PIXEL.token()) == before, "a push reached a device that was logged out");

		printTable();
		return books();
	}

	private Sent send(UserId user, String application, String title, int expectedDevices) {
		Instant start = Instant.now();
		Taken taken = herald.send(user, application, title, "Sent by the Herald demo",
				HeraldJson.mapper().createObjectNode().put("order", sent.size() + 1));
		require(taken.devices() == expectedDevices,
				"\"%s\" went to %d devices, expected %d".formatted(title, taken.devices(), expectedDevices));
		Sent one = new Sent(taken, title, start);
		sent.add(one);
		return one;
	}

	private void awaitEnd(Sent one) {
		Instant deadline = Instant.now().plus(PATIENCE);
		while (pending(herald.notification(one.taken.id())) > 0) {
			require(Instant.now().isBefore(deadline), "\"%s\" still has pending jobs after %d s: %s"
				.formatted(one.title, PATIENCE.toSeconds(), herald.notification(one.taken.id())));
			pause();
		}
	}

	private static int pending(JsonNode notification) {
		int pending = 0;
		for (JsonNode device : notification.required("devices")) {
			pending += device.required("outcome").asString().equals("pending") ? 1 : 0;
		}
		return pending;
	}

	private static void pause() {
		try {
			Thread.sleep(Duration.ofMillis(50));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DemoFailedException("interrupted", ex);
		}
	}

	private void printTable() {
		String row = "%-32s  %-16s  %-8s  %-13s  %5s%n";
		out.printf(row, "notification", "device", "provider", "outcome", "ms");
		for (Sent one : sent) {
			for (JsonNode device : herald.notification(one.taken.id()).required("devices")) {
				Phone phone = phone(device);
				out.printf(row, one.title, phone.name, phone.provider, device.required("outcome").asString(),
						landings.at(one.taken.id(), phone.token())
							.map(at -> Long.toString(Duration.between(one.start, at).toMillis()))
							.orElse("-"));
			}
		}
	}

	private static Phone phone(JsonNode device) {
		String id = device.required("device_id").asString();
		return PHONES.stream()
			.filter(phone -> phone.name.equals(id))
			.findFirst()
			.orElseThrow(() -> new DemoFailedException("an unknown device " + id + " was pushed to"));
	}

	private String books() {
		Map<String, Integer> books = new LinkedHashMap<>();
		for (String outcome : List.of("accepted", "token_invalid", "rejected", "expired", "dead_lettered", "pending")) {
			books.put(outcome, 0);
		}
		int jobs = 0;
		for (Sent one : sent) {
			jobs += one.taken.devices();
			for (JsonNode device : herald.notification(one.taken.id()).required("devices")) {
				books.merge(device.required("outcome").asString(), 1, Integer::sum);
			}
		}
		int ended = books.values().stream().mapToInt(Integer::intValue).sum();
		require(ended == jobs, "the books do not balance: %d jobs, but %s".formatted(jobs, books));
		require(books.getOrDefault("accepted", 0) == landings.accepted(),
				"the books say %s accepted, but the emulators took %d".formatted(books.get("accepted"),
						landings.accepted()));
		require(books.getOrDefault("accepted", 0) == jobs, "not every push was accepted: " + books);
		return ("books balance: %d jobs = %d accepted + %d token invalid + %d rejected + %d expired"
				+ " + %d dead-lettered + %d pending")
			.formatted(jobs, books.get("accepted"), books.get("token_invalid"), books.get("rejected"),
					books.get("expired"), books.get("dead_lettered"), books.get("pending"));
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new DemoFailedException(otherwise);
		}
	}

	private record Sent(Taken taken, String title, Instant start) {
	}

	private record Phone(UserId user, ApplicationId application, String name, Provider provider) {

		DeviceId device() {
			return new DeviceId(name);
		}

		/** A token that looks like the provider's own. */
		DeviceToken token() {
			return switch (provider) {
				case FCM -> new DeviceToken("fcm-" + name + ":APA91b" + "demo".repeat(8));
				case APNS -> new DeviceToken("%064x".formatted(Math.abs((long) name.hashCode())));
			};
		}

	}

}
