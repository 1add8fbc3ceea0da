package dev.herald.common.push;

import dev.herald.common.json.RecordReader;
import java.net.URI;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;

/** Reads {@link PushContent}. */
final class PushContentReader extends RecordReader<PushContent> {

	PushContentReader() {
		super(PushContent.class,
				values -> new PushContent(values.at(0), values.at(1), values.at(2), values.at(3), values.at(4),
						values.at(5)),
				text(title -> title), text(message -> message), PushContentReader::payload, number(),
				text(sound -> sound), text(URI::create));
	}

	private static Payload payload(JsonParser parser, DeserializationContext context) {
		return parser.isExpectedStartObjectToken() ? Payload.copy(parser)
				: context.reportInputMismatch(Payload.class, "payload must be a JSON object");
	}

}
