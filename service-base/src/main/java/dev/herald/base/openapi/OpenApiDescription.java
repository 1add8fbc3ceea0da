package dev.herald.base.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Describes a service as OpenAPI, at {@code /openapi.json}, drawn from its controllers.
 * The service has a bean of type {@link Info}, which says what it is.
 */
@Configuration(proxyBeanMethods = false)
public class OpenApiDescription {

	private static final String API_KEY = "api_key";

	@Bean
	OpenAPI description(Info info) {
		return new OpenAPI().info(info)
			.servers(List.of(new Server().url("/")))
			.components(new Components().addSecuritySchemes(API_KEY,
					new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
			.addSecurityItem(new SecurityRequirement().addList(API_KEY));
	}

	/**
	 * The description is drawn from Java's names; what crosses the wire is snake_case.
	 */
	@Bean
	OpenApiCustomizer snakeCase() {
		return description -> {
			Map<String, ?> schemas = description.getComponents().getSchemas();
			schemas.values().forEach(schema -> rename((Schema<?>) schema));
		};
	}

	private static void rename(Schema<?> schema) {
		if (schema.getProperties() == null) {
			return;
		}
		Map<String, Schema<?>> renamed = new LinkedHashMap<>();
		schema.getProperties().forEach((name, property) -> renamed.put(snakeCase(name), property));
		schema.setProperties(new LinkedHashMap<>(renamed));
	}

	private static String snakeCase(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

}
