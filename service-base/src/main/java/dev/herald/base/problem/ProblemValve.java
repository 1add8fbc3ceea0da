package dev.herald.base.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers what Tomcat refuses before any application sees it, such as too large a header:
 * as problem details, where Tomcat has a page in HTML.
 */
final class ProblemValve extends ErrorReportValve {

	private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		HttpStatus status = HttpStatus.resolve(response.getStatus());
		if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		try {
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			response.setCharacterEncoding(StandardCharsets.UTF_8.name());
			response.getReporter().write(ProblemText.of(status, ProblemText.detail(status)));
			response.finishResponse();
		}
		catch (IOException | IllegalStateException ex) {
			log.debug("The caller is gone", ex);
		}
	}

	/** Puts the valve behind Tomcat's own, so that it answers first. */
	@Configuration(proxyBeanMethods = false)
	static class Installation {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemValve() {
			return factory -> factory
				.addContextCustomizers(context -> context.getParent().getPipeline().addValve(new ProblemValve()));
		}

	}

}
