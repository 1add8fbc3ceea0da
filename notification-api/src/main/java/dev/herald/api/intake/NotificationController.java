package dev.herald.api.intake;

import dev.herald.common.device.DeviceQuery;
import java.net.URI;
import java.security.Principal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NotificationController {

	private final NotificationIntake intake;

	NotificationController(NotificationIntake intake) {
		this.intake = intake;
	}

	@PostMapping("/notification")
	ResponseEntity<Receipt> send(@RequestHeader HttpHeaders requestHeaders, @RequestBody NotificationRequest request,
			Principal caller) {
		RequestHeaders headers = new RequestHeaders(requestHeaders);
		DeviceQuery recipient = headers.recipient();
		Receipt receipt = intake.take(request.toOrder(recipient), headers.idempotencyKey(caller.getName()));
		return ResponseEntity.accepted()
			.location(URI.create("/notification/" + receipt.notificationId()))
			.body(receipt);
	}

}
