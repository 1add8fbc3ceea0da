package dev.herald.base.applications;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.json.JsonPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads an applications file; paths in it are relative to the file. */
final class ApplicationsReader {

	private static final YAMLMapper YAML = YAMLMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private final Path file;

	ApplicationsReader(Path file) {
		this.file = file;
	}

	/**
	 * @throws InvalidApplicationsFileException if the file cannot be read, or an entry is
	 * not what it must be
	 */
	Applications parse(byte[] yaml) {
		try {
			File content = YAML.readValue(yaml, File.class);
			if (content == null || content.applications == null || content.applications.isEmpty()) {
				throw invalid("expected at least one entry under 'applications'", null);
			}
			Map<ApplicationId, Application> byId = new HashMap<>();
			content.applications.forEach((id, entry) -> byId.put(applicationId(id), application(id, entry)));
			return new Applications(byId);
		}
		catch (JacksonException ex) {
			throw invalid(problem(ex) + at(ex), ex);
		}
	}

	private static String problem(JacksonException ex) {
		String place = JsonPlace.of(ex);
		return switch (ex) {
			case UnrecognizedPropertyException unknown -> "unknown entry '%s'; known are %s".formatted(place,
					new TreeSet<>(unknown.getKnownPropertyIds().stream().map(String::valueOf).toList()));
			case MismatchedInputException wrong when !place.isEmpty() ->
				"'%s' is not %s".formatted(place, kind(wrong.getTargetType()));
			case DatabindException ignored -> "expected 'applications:' and the applications below it";
			default -> ex.getOriginalMessage();
		};
	}

	private static String kind(@Nullable Class<?> type) {
		if (type == String.class) {
			return "text";
		}
		if (type == Integer.class) {
			return "a whole number";
		}
		return type == Boolean.class ? "true or false" : "a list of entries";
	}

	private static String at(JacksonException ex) {
		return ex.getLocation() == null || ex.getLocation().getLineNr() < 1 ? ""
				: " (line %d, column %d)".formatted(ex.getLocation().getLineNr(), ex.getLocation().getColumnNr());
	}

	byte[] read() {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new InvalidApplicationsFileException(
					"cannot read the applications file %s (herald.applications-file): %s".formatted(file, ex), ex);
		}
	}

	private ApplicationId applicationId(String id) {
		try {
			return new ApplicationId(id);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("an entry under 'applications' is no application: " + ex.getMessage(), ex);
		}
	}

	private Application application(String id, @Nullable Entry entry) {
		if (entry == null || (entry.fcm == null && entry.apns == null)) {
			throw invalid("applications.%s needs a provider: 'fcm' or 'apns'".formatted(id), null);
		}
		boolean newestDeviceOnly = entry.newestDeviceOnly != null && entry.newestDeviceOnly;
		return new Application(applicationId(id), newestDeviceOnly, entry.fcm == null ? null : fcm(id, entry.fcm),
				entry.apns == null ? null : apns(id, entry.apns), limits(id, entry.limits),
				entry.contentService == null ? null : contentService(id, entry.contentService));
	}

	private SendLimits limits(String id, @Nullable Limits limits) {
		if (limits == null) {
			return SendLimits.DEFAULT;
		}
		String prefix = "applications.%s.limits.".formatted(id);
		Integer fcm = perMinute(prefix + "fcm", limits.fcm);
		return new SendLimits(fcm == null ? SendLimits.FCM_DEFAULT_PER_MINUTE : fcm,
				perMinute(prefix + "apns", limits.apns));
	}

	private @Nullable Integer perMinute(String name, @Nullable Limit limit) {
		if (limit == null) {
			return null;
		}
		if (limit.perMinute == null) {
			throw invalid(name + ".per_minute is missing", null);
		}
		if (limit.perMinute < 1) {
			throw invalid("%s.per_minute must be 1 or more, but was %d".formatted(name, limit.perMinute), null);
		}
		return limit.perMinute;
	}

	private ContentService contentService(String id, Content content) {
		String prefix = "applications.%s.content_service.".formatted(id);
		String url = required(prefix + "url", content.url);
		try {
			return new ContentService(url, content.token == null ? null : path(prefix + "token", content.token));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(prefix + ex.getMessage(), ex);
		}
	}

	private FcmCredential fcm(String id, Fcm fcm) {
		return new FcmCredential(path("applications.%s.fcm.service_account".formatted(id), fcm.serviceAccount));
	}

	private ApnsCredential apns(String id, Apns apns) {
		String prefix = "applications.%s.apns.".formatted(id);
		return new ApnsCredential(path(prefix + "key", apns.key), required(prefix + "key_id", apns.keyId),
				required(prefix + "team_id", apns.teamId), required(prefix + "topic", apns.topic));
	}

	private Path path(String name, @Nullable String value) {
		String path = required(name, value);
		try {
			return file.toAbsolutePath().resolveSibling(path).normalize();
		}
		catch (InvalidPathException ex) {
			throw invalid(name + " must be a path, but was " + ex.getMessage(), ex);
		}
	}

	private String required(String name, @Nullable String value) {
		if (value == null || value.isBlank()) {
			throw invalid(name + " is missing", null);
		}
		return value;
	}

	private InvalidApplicationsFileException invalid(String detail, @Nullable Throwable cause) {
		return new InvalidApplicationsFileException("applications file %s: %s".formatted(file, detail), cause);
	}

	private record File(@Nullable Map<String, @Nullable Entry> applications) {
	}

	private record Entry(@Nullable Boolean newestDeviceOnly, @Nullable Fcm fcm, @Nullable Apns apns,
			@Nullable Limits limits, @Nullable Content contentService) {
	}

	private record Content(@Nullable String url, @Nullable String token) {
	}

	private record Limits(@Nullable Limit fcm, @Nullable Limit apns) {
	}

	private record Limit(@Nullable Integer perMinute) {
	}

	private record Fcm(@Nullable String serviceAccount) {
	}

	private record Apns(@Nullable String key, @Nullable String keyId, @Nullable String teamId, @Nullable String topic) {
	}

}
