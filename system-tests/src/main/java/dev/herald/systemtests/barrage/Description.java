package dev.herald.systemtests.barrage;

import dev.herald.systemtests.barrage.Operation.Input;
import dev.herald.systemtests.barrage.Operation.Place;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a service says of itself in OpenAPI 3.1. */
final class Description {

	private final OpenAPI api;

	private Description(OpenAPI api) {
		this.api = api;
	}

	/**
	 * Reads a description.
	 * @throws UncheckedIOException if it is none
	 */
	static Description read(String json) {
		try {
			return new Description(Json31.mapper().readValue(json, OpenAPI.class));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("not an OpenAPI description", ex);
		}
	}

	/** Every operation. */
	List<Operation> operations() {
		List<Operation> operations = new ArrayList<>();
		api.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> operations.add(new Operation(method.name(), path,
						inputs(operation.getParameters()), body(operation.getRequestBody())))));
		return List.copyOf(operations);
	}

	private static List<Input> inputs(@Nullable List<Parameter> parameters) {
		return parameters == null ? List.of() : parameters.stream().map(Description::input).toList();
	}

	private static Input input(Parameter parameter) {
		Schema<?> schema = parameter.getSchema() == null ? new Schema<>() : parameter.getSchema();
		return new Input(parameter.getName(), Place.valueOf(parameter.getIn().toUpperCase(java.util.Locale.ROOT)),
				Boolean.TRUE.equals(parameter.getRequired()), schema);
	}

	private static @Nullable Schema<?> body(@Nullable RequestBody body) {
		Content content = body == null ? null : body.getContent();
		return content == null ? null : content.values().stream().map(MediaType::getSchema).findFirst().orElse(null);
	}

	/** The schema itself, where another refers to it. */
	Schema<?> resolved(Schema<?> schema) {
		String reference = schema.get$ref();
		if (reference == null) {
			return schema;
		}
		Map<String, Schema> schemas = api.getComponents().getSchemas();
		Schema<?> found = schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
		if (found == null) {
			throw new IllegalStateException("nothing is described at " + reference);
		}
		return found;
	}

}
