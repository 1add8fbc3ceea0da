package dev.herald.api.targeted;

import dev.herald.api.intake.RequestHeaders;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.base.request.RequestSubject;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.push.PushPriority;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TargetedController {

	private final TargetedIntake intake;

	TargetedController(TargetedIntake intake) {
		this.intake = intake;
	}

	@PostMapping(path = "/targeted", consumes = MediaType.APPLICATION_NDJSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Sends each user an article of their own",
			description = "The body is a stream of lines, each a JSON object with user_id and article_id, and if wanted payload, ttl_seconds, priority and collapse_key. Lines are sent as they come; a line that is wrong is refused by itself.")
	@Parameter(in = ParameterIn.HEADER, name = "application_id", required = true,
			description = "The application; application-id means the same")
	@Parameter(in = ParameterIn.HEADER, name = "Idempotency-Key",
			description = "A repetition within 24 hours under the same key takes effect once")
	@ApiResponse(responseCode = "202", description = "Every line that was taken is kept by the broker",
			headers = @Header(name = "Location", description = "Where to follow it"))
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "404", description = "The application is not configured", content = @Content)
	@ApiResponse(responseCode = "408", content = @Content,
			description = "The stream stalled; campaign_id and taken say what will be sent all the same")
	@ApiResponse(responseCode = "409", content = @Content,
			description = "The idempotency key was used for another request, or (with Retry-After) is in use")
	@ApiResponse(responseCode = "413", content = @Content,
			description = "The stream is too long; campaign_id and taken say what will be sent all the same")
	@ApiResponse(responseCode = "503", content = @Content,
			description = "Something is away; campaign_id and taken, if there, say what will be sent all the same")
	ResponseEntity<TargetedReceipt> send(@RequestParam(name = "ttl_seconds", defaultValue = "86400") int ttlSeconds,
			@RequestParam(defaultValue = "normal") String priority,
			@RequestParam(name = "collapse_key", required = false) @Nullable String collapseKey,
			HttpServletRequest request, Principal caller) throws IOException {
		ApplicationId application = RequestSubject.application(request);
		TargetedReceipt receipt = intake.take(order(application, ttlSeconds, priority, collapseKey),
				new RequestHeaders(request).idempotencyKey(caller.getName()), request.getInputStream());
		return ResponseEntity.accepted().location(URI.create("/campaign/" + receipt.campaignId())).body(receipt);
	}

	private static TargetedOrder order(ApplicationId application, int ttlSeconds, String priority,
			@Nullable String collapseKey) {
		try {
			return new TargetedOrder(application, ttlSeconds, PushPriority.of(priority), collapseKey);
		}
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			throw new InvalidFieldException(message.substring(0, message.indexOf(' ')), message);
		}
	}

}
