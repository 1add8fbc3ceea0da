package dev.herald.tokenstore.registration;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.base.problem.UnknownApplicationException;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.tokenstore.registration.DeviceView.DeviceList;
import dev.herald.tokenstore.registration.Registered.Kind;
import dev.herald.base.request.RequestSubject;
import dev.herald.base.openapi.SubjectHeaders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices}: what the back end of a mobile app calls on login and logout. */
@RestController
@RequestMapping("/devices")
class DeviceController {

	private final DeviceRegistry registry;

	private final ApplicationsFile applications;

	private final RegistrationMetrics metrics;

	DeviceController(DeviceRegistry registry, ApplicationsFile applications, RegistrationMetrics metrics) {
		this.registry = registry;
		this.applications = applications;
		this.metrics = metrics;
	}

	/** 201 with a new registration, 200 with the refreshed one. */
	@PostMapping
	@Operation(summary = "Logs a user in on a device, or refreshes its token")
	@SubjectHeaders
	@ApiResponse(responseCode = "201", description = "A new registration")
	@ApiResponse(responseCode = "200", description = "The registration there was, refreshed")
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "404", description = "The application is not configured", content = @Content)
	@ApiResponse(responseCode = "503", content = @Content, description = "The database is away; Retry-After says when")
	ResponseEntity<DeviceView> register(HttpServletRequest request, @RequestBody RegistrationRequest body) {
		Registration registration = body.of(RequestSubject.of(request));
		requireProvider(registration);
		Registered registered = registry.register(registration);
		metrics.registered(registered);
		HttpStatus status = registered.kind() == Kind.REFRESHED ? HttpStatus.OK : HttpStatus.CREATED;
		return ResponseEntity.status(status).body(DeviceView.of(registered.device()));
	}

	/**
	 * 204 whether or not the user was logged in on the device: a logout may be repeated.
	 */
	@DeleteMapping("/{device_id}")
	@Operation(summary = "Logs a user out of a device")
	@SubjectHeaders
	@ApiResponse(responseCode = "204", description = "The user is logged out, and may have been before")
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "404", description = "The application is not configured", content = @Content)
	@ApiResponse(responseCode = "503", content = @Content, description = "The database is away; Retry-After says when")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void logOut(HttpServletRequest request, @PathVariable("device_id") String deviceId) {
		RequestSubject subject = RequestSubject.of(request);
		loggedOut(subject.applicationId(),
				registry.logOut(subject.userId(), subject.applicationId(), deviceId(deviceId)));
	}

	/** 204, as the other logout. */
	@DeleteMapping
	@Operation(summary = "Logs a user out of every device of an application")
	@SubjectHeaders
	@ApiResponse(responseCode = "204", description = "The user is logged out, and may have been before")
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "404", description = "The application is not configured", content = @Content)
	@ApiResponse(responseCode = "503", content = @Content, description = "The database is away; Retry-After says when")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void logOutEverywhere(HttpServletRequest request) {
		RequestSubject subject = RequestSubject.of(request);
		loggedOut(subject.applicationId(), registry.logOutEverywhere(subject.userId(), subject.applicationId()));
	}

	@GetMapping
	@Operation(summary = "Lists the devices a user is logged in on; application_id may be *")
	@SubjectHeaders
	@ApiResponse(responseCode = "200", description = "The devices, with abbreviated tokens")
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "404", description = "The application is not configured", content = @Content)
	@ApiResponse(responseCode = "503", content = @Content, description = "The database is away; Retry-After says when")
	DeviceList devices(HttpServletRequest request) {
		DeviceQuery query = RequestSubject.query(request);
		ApplicationId application = query.applicationId();
		if (application != null) {
			configured(application);
		}
		return new DeviceList(registry.find(query).stream().map(DeviceView::of).toList());
	}

	private void loggedOut(ApplicationId application, int count) {
		metrics.loggedOut(application, count);
		// Devices of an application that was taken out of the file can still be logged
		// out,
		// lest they are pushed to when it comes back; without any, the name is likely
		// wrong.
		if (count == 0) {
			configured(application);
		}
	}

	private Application configured(ApplicationId id) {
		return applications.current().find(id).orElseThrow(() -> new UnknownApplicationException(id));
	}

	private void requireProvider(Registration registration) {
		Application application = configured(registration.applicationId());
		if (!application.providers().contains(registration.provider())) {
			throw new InvalidFieldException("provider", "provider must be one that %s is configured for, %s, but was %s"
				.formatted(application.id(), application.providers(), registration.provider()));
		}
	}

	private static DeviceId deviceId(String value) {
		try {
			return new DeviceId(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException("device_id", String.valueOf(ex.getMessage()));
		}
	}

}
