package dev.herald.base.backends;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skips the tests of a class where {@link RealRabbitMq} cannot be had. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@EnabledIf(value = "dev.herald.base.backends.RealRabbitMq#isExpected",
		disabledReason = "needs a Docker engine for a real RabbitMQ")
public @interface RequiresRealRabbitMq {

}
