package dev.herald.base.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.amqp.autoconfigure.metrics.RabbitMetricsAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * On the class that is a service as a program: a Spring Boot application whose client of
 * the broker does not count each delivery, acknowledgement and publish. That takes a lock
 * and a set of all delivery tags for every push; the broker counts the same.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootApplication(proxyBeanMethods = false, exclude = RabbitMetricsAutoConfiguration.class)
public @interface HeraldService {

}
