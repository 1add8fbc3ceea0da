package dev.herald.common.json;

import tools.jackson.core.JacksonException;

/** Names the place in a JSON text that could not be read, in the text's own terms. */
public final class JsonPlace {

	private JsonPlace() {
	}

	/**
	 * The place, such as {@code queries[3].user_id}; empty if it is the whole text, or
	 * not known.
	 */
	public static String of(JacksonException failure) {
		StringBuilder place = new StringBuilder();
		for (JacksonException.Reference part : failure.getPath()) {
			if (part.getPropertyName() == null) {
				place.append('[').append(part.getIndex()).append(']');
			}
			else {
				place.append(place.isEmpty() ? "" : ".").append(part.getPropertyName());
			}
		}
		return place.toString();
	}

}
