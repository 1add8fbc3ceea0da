package dev.herald.tokenstore.lookup;

import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.device.RegistrationLookup;
import dev.herald.base.request.RequestSubject;
import java.util.List;
import java.util.Objects;
import dev.herald.base.openapi.SubjectHeaders;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/devices}: devices with their tokens, for Herald's own services. A
 * look-up says what it is {@code for}: a {@code notification}, which somebody waits for,
 * uses the pool {@code api}; a {@code campaign} uses the pool {@code worker} and so
 * cannot hold up the first. So does whatever push workers ask.
 */
@RestController
@RequestMapping("/internal/devices")
class InternalDeviceController {

	private final DeviceFinder forNotifications;

	private final DeviceFinder forCampaigns;

	InternalDeviceController(@ApiPool DeviceFinder forNotifications, @WorkerPool DeviceFinder forCampaigns) {
		this.forNotifications = forNotifications;
		this.forCampaigns = forCampaigns;
	}

	/** Many users at once. */
	@PostMapping("/lookup")
	@Operation(summary = "Looks up the devices of many users")
	DeviceLookup.Found lookup(@RequestParam(name = "for", defaultValue = "notification") String purpose,
			@RequestBody DeviceLookup lookup) {
		return new DeviceLookup.Found(finder(purpose).find(complete(lookup.queries())));
	}

	/** Which registrations have not ended; for pushes that waited. */
	@PostMapping("/registrations")
	RegistrationLookup.Found registrations(@RequestBody RegistrationLookup lookup) {
		return lookup.answer(forCampaigns.registered(lookup.registrationIds()));
	}

	/** One user, named by the headers. */
	@GetMapping
	@Operation(summary = "Looks up the devices of one user; application_id may be *")
	@SubjectHeaders
	SingleFound devices(HttpServletRequest request) {
		return new SingleFound(forNotifications.find(List.of(RequestSubject.query(request))).getFirst());
	}

	/** A field that the sender left out is null here, whatever its type says. */
	private static List<DeviceQuery> complete(List<DeviceQuery> queries) {
		for (int i = 0; i < queries.size(); i++) {
			if (Objects.isNull(queries.get(i).userId())) {
				throw new InvalidFieldException("queries.[%d].user_id".formatted(i), "user_id is missing");
			}
		}
		return queries;
	}

	private DeviceFinder finder(String purpose) {
		return switch (purpose) {
			case "notification" -> forNotifications;
			case "campaign" -> forCampaigns;
			default -> throw new InvalidFieldException("for",
					"for must be notification or campaign, but was \"%.64s\"".formatted(purpose));
		};
	}

	/** The answer to {@code GET /internal/devices}. */
	record SingleFound(List<Device> devices) {
	}

}
