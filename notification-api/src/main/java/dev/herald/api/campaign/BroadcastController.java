package dev.herald.api.campaign;

import dev.herald.api.intake.RequestHeaders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.time.Clock;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class BroadcastController {

	private final BroadcastIntake intake;

	private final Clock clock;

	BroadcastController(BroadcastIntake intake, Clock clock) {
		this.intake = intake;
		this.clock = clock;
	}

	@PostMapping(path = "/broadcast", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Sends a notification to everyone in some applications, or in all",
			description = "application_ids is a list of applications, or [\"*\"].")
	@Parameter(in = ParameterIn.HEADER, name = "Idempotency-Key",
			description = "A repetition within 24 hours under the same key takes effect once")
	@ApiResponse(responseCode = "202", description = "Taken: it is kept, and starts by itself",
			headers = @Header(name = "Location", description = "Where to follow it"))
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "404", description = "An application is not configured", content = @Content)
	@ApiResponse(responseCode = "409", content = @Content,
			description = "The idempotency key was used for another request, or (with Retry-After) is in use")
	@ApiResponse(responseCode = "413", description = "More than a provider takes", content = @Content)
	@ApiResponse(responseCode = "429", description = "Over the key's rate; Retry-After says when", content = @Content)
	@ApiResponse(responseCode = "503", content = @Content,
			description = "Something is away and nothing was accepted; Retry-After says when")
	ResponseEntity<BroadcastReceipt> broadcast(HttpServletRequest request, @RequestBody BroadcastRequest body,
			Principal caller) {
		BroadcastReceipt receipt = intake.take(body.toOrder(clock.instant()),
				new RequestHeaders(request).idempotencyKey(caller.getName()));
		return ResponseEntity.accepted().location(URI.create("/campaign/" + receipt.campaignId())).body(receipt);
	}

}
