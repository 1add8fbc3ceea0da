package dev.herald.base.openapi;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes the headers that {@link dev.herald.base.request.RequestSubject
 * RequestSubject} reads.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(in = ParameterIn.HEADER, name = "user_id", required = true,
		schema = @Schema(type = "string", minLength = 1, maxLength = 128),
		description = "The user, as the token store knows them; user-id means the same")
@Parameter(in = ParameterIn.HEADER, name = "application_id", required = true,
		schema = @Schema(type = "string", minLength = 1, maxLength = 128),
		description = "The application; application-id means the same")
public @interface SubjectHeaders {

}
