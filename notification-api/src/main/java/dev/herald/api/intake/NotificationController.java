package dev.herald.api.intake;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NotificationController {

	private final NotificationIntake intake;

	NotificationController(NotificationIntake intake) {
		this.intake = intake;
	}

	@PostMapping(path = "/notification", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Sends a notification to a user's devices")
	@Parameter(in = ParameterIn.HEADER, name = "user_id", required = true,
			description = "The user, as the token store knows them; user-id means the same")
	@Parameter(in = ParameterIn.HEADER, name = "application_id", required = true,
			description = "The application, or * for every one; application-id means the same")
	@Parameter(in = ParameterIn.HEADER, name = "Idempotency-Key",
			description = "A repetition within 24 hours under the same key takes effect once")
	@ApiResponse(responseCode = "202", description = "Taken: a job for each device is kept by the broker",
			headers = @Header(name = "Location", description = "Where to ask what became of it"))
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "404", description = "The application is not configured", content = @Content)
	@ApiResponse(responseCode = "409", content = @Content,
			description = "The idempotency key was used for another request, or (with Retry-After) is in use")
	@ApiResponse(responseCode = "413", description = "More than a provider takes", content = @Content)
	@ApiResponse(responseCode = "429", description = "Over the key's rate; Retry-After says when", content = @Content)
	@ApiResponse(responseCode = "503", content = @Content,
			description = "Something is away and nothing was accepted; Retry-After says when")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Receipt send(HttpServletRequest request, @RequestBody NotificationRequest body, Principal caller,
			HttpServletResponse response) {
		RequestHeaders headers = new RequestHeaders(request);
		Receipt receipt = intake.take(body.toOrder(headers.recipient()), headers.idempotencyKey(caller.getName()));
		// Not a ResponseEntity: Spring flushes one before its end is known, so that the
		// answer is written, and read by its caller, in two pieces.
		response.setHeader(HttpHeaders.LOCATION, "/notification/" + receipt.notificationId());
		return receipt;
	}

}
