package dev.herald.api.notification;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The targets of a notification as the text of one column: a line for each, its parts
 * parted by spaces, which none of the identifiers can hold.
 */
final class Targets {

	private Targets() {
	}

	static String write(List<Target> targets) {
		return targets.stream().map(Targets::line).collect(Collectors.joining("\n"));
	}

	static List<Target> read(String text) {
		return text.lines().map(Targets::target).toList();
	}

	private static String line(Target target) {
		return "%s %s %s %s".formatted(target.registrationId(), target.provider(), target.applicationId(),
				target.deviceId());
	}

	private static Target target(String line) {
		String[] parts = line.split(" ", 4);
		return new Target(new RegistrationId(Long.parseLong(parts[0])), Provider.of(parts[1]),
				new ApplicationId(parts[2]), new DeviceId(parts[3]));
	}

}
