package dev.herald.base.problem;

import dev.herald.common.json.JsonPlace;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says what is wrong with a body that could not be read: the field, what was expected and
 * what was found, in the words of JSON and never in those of Java.
 *
 * @param field the place in the body, empty for the whole of it
 */
record UnreadableBody(HttpStatus status, String field, String detail) {

	/** Names of Herald's own fields are shorter; a caller's may be of any length. */
	private static final int MAX_FIELD_LENGTH = 256;

	/** How the records of Herald begin what they have to say about a field. */
	private static final Pattern NAMED_FIELD = Pattern.compile("([a-z0-9_]+) (is missing$|must ).*", Pattern.DOTALL);

	private static final int SHOWN_LENGTH = 64;

	static UnreadableBody of(JacksonException cause) {
		String place = JsonPlace.of(cause);
		return switch (cause) {
			case StreamConstraintsException ignored -> new UnreadableBody(HttpStatus.CONTENT_TOO_LARGE, place,
					"the body is larger, or deeper nested, than is taken here");
			case UnrecognizedPropertyException unknown -> badRequest(place,
					"unknown field \"%s\"; known are %s".formatted(shown(unknown.getPropertyName()), known(unknown)));
			case InvalidFormatException wrong when wrong.getTargetType() == String.class
					&& wrong.getValue() instanceof String ->
				badRequest(place, name(place) + " must be Unicode text, but holds half of a surrogate pair");
			case InvalidFormatException wrong -> badRequest(place, "%s must be %s, but was \"%s\""
				.formatted(name(place), kind(wrong.getTargetType()), shown(String.valueOf(wrong.getValue()))));
			case InputCoercionException wrong -> badRequest(place,
					"%s must be %s, but is out of its range".formatted(name(place), kind(wrong.getTargetType())));
			case MismatchedInputException wrong when wrong.getTargetType() != null ->
				badRequest(place, "%s must be %s, but is %sanother JSON value".formatted(name(place),
						kind(wrong.getTargetType()), place.isEmpty() ? "" : "missing or "));
			case ValueInstantiationException refused when refused.getCause() != null && isOurs(refused.getCause()) ->
				refused(refused.getType().getRawClass(), String.valueOf(refused.getCause().getMessage()), place);
			case DatabindException ignored -> badRequest(place, name(place) + " does not have the expected form");
			default -> badRequest("", "the body is not valid JSON" + at(cause));
		};
	}

	/** As problem details. */
	ProblemDetail problem() {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		if (!field.isEmpty()) {
			problem.setProperty("field",
					field.length() <= MAX_FIELD_LENGTH ? field : field.substring(0, MAX_FIELD_LENGTH) + "…");
		}
		return problem;
	}

	private static UnreadableBody badRequest(String field, String detail) {
		return new UnreadableBody(HttpStatus.BAD_REQUEST, field, detail);
	}

	private static UnreadableBody refused(Class<?> type, String message, String place) {
		Matcher named = NAMED_FIELD.matcher(message);
		boolean ofTheRecord = named.matches() && isField(type, named.group(1));
		String separator = place.isEmpty() ? "" : ".";
		return badRequest(ofTheRecord ? place + separator + named.group(1) : place, message);
	}

	private static boolean isField(Class<?> type, String name) {
		return type.isRecord() && Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getName)
			.anyMatch(component -> component.equalsIgnoreCase(name.replace("_", "")));
	}

	/** Whether a record refused a value, and in words meant for the caller. */
	private static boolean isOurs(Throwable refusal) {
		return refusal instanceof IllegalArgumentException || (refusal instanceof NullPointerException
				&& String.valueOf(refusal.getMessage()).endsWith(" is missing"));
	}

	private static String name(String place) {
		return place.isEmpty() ? "the body" : place;
	}

	private static String known(UnrecognizedPropertyException unknown) {
		Collection<Object> known = unknown.getKnownPropertyIds();
		return known == null || known.isEmpty() ? "none"
				: String.join(", ", known.stream().map(String::valueOf).toList());
	}

	private static String shown(String value) {
		return value.length() <= SHOWN_LENGTH ? value : value.substring(0, SHOWN_LENGTH) + "…";
	}

	/** What a type is called in JSON. */
	static String kind(Class<?> type) {
		if (type.isRecord() && type.getRecordComponents().length == 1) {
			// An identifier or the like, written as its only part.
			Class<?> part = type.getRecordComponents()[0].getType();
			return Collection.class.isAssignableFrom(part) ? "a JSON object" : kind(part);
		}
		if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
			return "a whole number";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		if (Number.class.isAssignableFrom(type) || type == double.class) {
			return "a number";
		}
		return otherKind(type);
	}

	private static String otherKind(Class<?> type) {
		if (type == String.class || type.isEnum()) {
			return "text";
		}
		if (type == URI.class) {
			return "a URI";
		}
		if (type == Instant.class) {
			return "a time such as 2026-01-31T12:00:00Z";
		}
		return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "a JSON object";
	}

	private static String at(JacksonException cause) {
		return cause.getLocation() == null ? "" : " at line %d, column %d".formatted(cause.getLocation().getLineNr(),
				cause.getLocation().getColumnNr());
	}

}
