package dev.herald.common.json;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads one of the records that are read for every push. Jackson can read any record, but
 * calls its constructor and those of its parts by reflection, which was a third of the
 * time; here each is called by code. What is read, and how what is wrong is named, is the
 * same: unknown fields are passed over, a field that is missing or null is the
 * constructor's to refuse, and whatever is refused is named by its place. Only a number
 * is taken for a number, though, and only text for text. Immutable.
 *
 * @param <R> the record
 */
public abstract class RecordReader<R extends Record> extends StdDeserializer<R> {

	private final List<String> names;

	/** Finds the place of a name by its bytes, before they are made text. */
	private final PropertyNameMatcher places;

	private final List<FieldReader> fields;

	private final Function<Values, R> constructor;

	/**
	 * @param constructor makes the record of its components
	 * @param fields how each component is read, in the order of the record
	 */
	protected RecordReader(Class<R> type, Function<Values, R> constructor, FieldReader... fields) {
		super(type);
		this.constructor = constructor;
		this.fields = List.of(fields);
		this.names = Stream.of(type.getRecordComponents()).map(RecordReader::nameOf).toList();
		if (names.size() != fields.length) {
			throw new IllegalArgumentException(
					"%s has %d components, but %d are read".formatted(type, names.size(), fields.length));
		}
		this.places = HeraldJson.mapper()
			.tokenStreamFactory()
			.constructNameMatcher(names.stream().map(Named::fromString).toList(), false);
	}

	private static String nameOf(RecordComponent component) {
		return component.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
	}

	@Override
	public R deserialize(JsonParser parser, DeserializationContext context) {
		if (!parser.isExpectedStartObjectToken()) {
			return context.reportInputMismatch(this, "it must be a JSON object, but is %s", parser.currentToken());
		}
		@Nullable Object[] values = new Object[names.size()];
		for (int place = parser.nextNameMatch(places); place >= 0
				|| place == PropertyNameMatcher.MATCH_UNKNOWN_NAME; place = parser.nextNameMatch(places)) {
			JsonToken token = parser.nextToken();
			if (place < 0) {
				parser.skipChildren();
			}
			else {
				values[place] = token == JsonToken.VALUE_NULL ? null : read(place, parser, context);
			}
		}
		return construct(values, context);
	}

	private Object read(int place, JsonParser parser, DeserializationContext context) {
		try {
			return fields.get(place).read(parser, context);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw DatabindException.wrapWithPath(context, ex,
					new JacksonException.Reference(handledType(), names.get(place)));
		}
	}

	private R construct(@Nullable Object[] values, DeserializationContext context) {
		try {
			return constructor.apply(new Values(names, values));
		}
		catch (NullPointerException | IllegalArgumentException ex) {
			throw context.instantiationException(handledType(), ex);
		}
	}

	/** A field that is text. */
	protected static FieldReader text(Function<String, ?> type) {
		return (parser, context) -> {
			if (!parser.hasToken(JsonToken.VALUE_STRING)) {
				return context.reportInputMismatch(String.class, "it must be text, but is %s", parser.currentToken());
			}
			return type.apply(parser.getString());
		};
	}

	/** A field that is a whole number of 64 bits. */
	protected static FieldReader number(LongFunction<?> type) {
		return (parser, context) -> {
			requireNumber(parser, context);
			return type.apply(parser.getLongValue());
		};
	}

	/** A field that is a whole number of 32 bits. */
	protected static FieldReader number() {
		return (parser, context) -> {
			requireNumber(parser, context);
			return parser.getIntValue();
		};
	}

	private static void requireNumber(JsonParser parser, DeserializationContext context) {
		if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
			context.reportInputMismatch(Long.class, "it must be a whole number, but is %s", parser.currentToken());
		}
	}

	/** A field that is a moment. */
	protected static FieldReader moment() {
		return new WrittenInstant()::deserialize;
	}

	/** Reads a field that is not null. */
	@FunctionalInterface
	public interface FieldReader {

		/**
		 * @param parser at the first token of the value; at its last one afterwards
		 * @throws IllegalArgumentException if the value is not what it must be
		 */
		Object read(JsonParser parser, DeserializationContext context);

	}

	/** The components of a record, by their places. */
	public static final class Values {

		private final List<String> names;

		private final @Nullable Object[] values;

		private Values(List<String> names, @Nullable Object[] values) {
			this.names = names;
			this.values = values;
		}

		/**
		 * What was read; null if it is missing, whatever its type says: the constructor
		 * refuses it.
		 */
		@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals", "NullAway" })
		public <T extends @Nullable Object> T at(int place) {
			return (T) values[place];
		}

		/**
		 * A number that must be there.
		 * @throws NullPointerException if it is not
		 */
		public int intAt(int place) {
			return (Integer) Objects.requireNonNull(values[place], () -> names.get(place) + " is missing");
		}

	}

}
