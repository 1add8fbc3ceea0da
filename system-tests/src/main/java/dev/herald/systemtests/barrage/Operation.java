package dev.herald.systemtests.barrage;

import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation as a service describes it.
 *
 * @param path the path, with its variables in braces
 * @param body the schema of its JSON body, or null if it takes none
 */
record Operation(String method, String path, List<Input> inputs, @Nullable Schema<?> body) {

	/** Where an input stands. */
	enum Place {

		HEADER, QUERY, PATH

	}

	/** A header, a parameter of the query, or a variable of the path. */
	record Input(String name, Place place, boolean required, Schema<?> schema) {
	}

	List<Input> in(Place place) {
		return inputs.stream().filter(input -> input.place() == place).toList();
	}

	@Override
	public String toString() {
		return method + " " + path;
	}

}
