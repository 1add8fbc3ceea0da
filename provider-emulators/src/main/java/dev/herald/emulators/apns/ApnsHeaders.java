package dev.herald.emulators.apns;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import dev.herald.emulators.http.Request;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * The {@code apns-…} headers of a request (Apple's page <em>Sending notification requests
 * to APNs</em>).
 */
final class ApnsHeaders {

	private static final List<AsciiString> NAMES = List.of(AsciiString.cached("apns-id"),
			AsciiString.cached("apns-topic"), AsciiString.cached("apns-push-type"), AsciiString.cached("apns-priority"),
			AsciiString.cached("apns-expiration"), AsciiString.cached("apns-collapse-id"));

	private static final Pattern UUID_FORM = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,12}");

	private static final Set<String> PRIORITIES = Set.of("10", "5", "1");

	private static final int MAX_COLLAPSE_ID_BYTES = 64;

	private final Map<String, String> values = new LinkedHashMap<>();

	private final String id;

	ApnsHeaders(Request request) {
		for (AsciiString name : NAMES) {
			String value = request.header(name);
			if (value != null) {
				this.values.put(name.toString(), value);
			}
		}
		String given = this.values.get("apns-id");
		this.id = (given != null) ? given : newId();
	}

	/** A random UUID, from a source that need not be secure. */
	private static String newId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
		long variant = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
		return new UUID(version4, variant).toString();
	}

	/** The {@code apns-id} of the answer. */
	String id() {
		return this.id;
	}

	@Nullable String topic() {
		return this.values.get("apns-topic");
	}

	@Nullable String collapseId() {
		return this.values.get("apns-collapse-id");
	}

	/** A push without a type is an alert. */
	PushType pushType() {
		return PushType.named(pushTypeName()).orElse(PushType.ALERT);
	}

	private String pushTypeName() {
		return this.values.getOrDefault("apns-push-type", "alert");
	}

	Map<String, String> values() {
		return Collections.unmodifiableMap(this.values);
	}

	/** What is wrong with the headers themselves, whoever sent them. */
	Optional<ApnsReason> problem() {
		if (!UUID_FORM.matcher(this.id).matches()) {
			return Optional.of(ApnsReason.BAD_MESSAGE_ID);
		}
		if (topic() == null) {
			return Optional.of(ApnsReason.MISSING_TOPIC);
		}
		if (PushType.named(pushTypeName()).isEmpty()) {
			return Optional.of(ApnsReason.INVALID_PUSH_TYPE);
		}
		if (!priorityFits()) {
			return Optional.of(ApnsReason.BAD_PRIORITY);
		}
		if (!EPOCH_SECONDS.matcher(this.values.getOrDefault("apns-expiration", "0")).matches()) {
			return Optional.of(ApnsReason.BAD_EXPIRATION_DATE);
		}
		return collapseIdFits() ? Optional.empty() : Optional.of(ApnsReason.BAD_COLLAPSE_ID);
	}

	/** Apple on background pushes: priority 10 is an error. */
	private boolean priorityFits() {
		String priority = this.values.get("apns-priority");
		return priority == null
				|| (PRIORITIES.contains(priority) && !(priority.equals("10") && pushType() == PushType.BACKGROUND));
	}

	private boolean collapseIdFits() {
		String collapseId = Objects.requireNonNullElse(collapseId(), "");
		return collapseId.getBytes(StandardCharsets.UTF_8).length <= MAX_COLLAPSE_ID_BYTES;
	}

}
