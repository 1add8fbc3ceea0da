package dev.herald.base.problem;

import dev.herald.common.push.UnicodeText;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Takes in a request only what was asked for: JSON, each field once, and text where text
 * is expected. The rest of the strictness is plain settings, in
 * {@code herald-service.yml}.
 */
@Configuration(proxyBeanMethods = false)
class StrictRequests {

	@Bean
	JsonMapperBuilderCustomizer strictText() {
		return mapper -> mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.withCoercionConfig(LogicalType.Textual,
					text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
			.addModule(new SimpleModule("unicode-text").addDeserializer(String.class, new UnicodeDeserializer()));
	}

	/**
	 * The YAML library that reads the applications file would otherwise read requests
	 * too.
	 */
	@Bean
	ServerHttpMessageConvertersCustomizer noYaml() {
		return converters -> converters.configureMessageConvertersList(list -> list
			.removeIf(converter -> converter.getSupportedMediaTypes().contains(MediaType.APPLICATION_YAML)));
	}

	/**
	 * Refuses half of a surrogate pair, as a caller leaves behind who cuts an emoji in
	 * two: it has no form in UTF-8, so nobody could be sent it.
	 */
	private static final class UnicodeDeserializer extends StringDeserializer {

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) {
			String text = super.deserialize(parser, context);
			if (text != null && !UnicodeText.isWellFormed(text)) {
				throw context.weirdStringException(text, String.class, "half of a surrogate pair");
			}
			return text;
		}

	}

}
