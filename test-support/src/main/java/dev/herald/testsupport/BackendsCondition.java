package dev.herald.testsupport;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what the backends of this run cannot show. If there are none, that is thrown. */
final class BackendsCondition implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return missing(context)
			.map(server -> ConditionEvaluationResult.disabled("needs " + server + ": " + Backends.description()))
			.orElseGet(() -> ConditionEvaluationResult.enabled(Backends.description()));
	}

	private static Optional<String> missing(ExtensionContext context) {
		boolean both = asks(context, RequiresRealBackends.class);
		if ((both || asks(context, RequiresMySql.class)) && Backends.databaseKind() != DatabaseKind.MYSQL) {
			return Optional.of("MySQL");
		}
		if ((both || asks(context, RequiresRabbitMq.class)) && Backends.brokerKind() != BrokerKind.RABBITMQ) {
			return Optional.of("RabbitMQ");
		}
		return Optional.empty();
	}

	private static boolean asks(ExtensionContext context, Class<? extends java.lang.annotation.Annotation> annotation) {
		return AnnotationSupport.isAnnotated(context.getElement(), annotation);
	}

}
