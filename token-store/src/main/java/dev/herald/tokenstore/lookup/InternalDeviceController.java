package dev.herald.tokenstore.lookup;

import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.base.request.RequestSubject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import dev.herald.base.openapi.SubjectHeaders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/devices}: devices with their tokens, for Herald's own services. A
 * look-up says what it is {@code for}: a {@code notification}, which somebody waits for,
 * uses the pool {@code api}; a {@code campaign} uses the pool {@code worker} and so
 * cannot hold up the first.
 */
@RestController
@RequestMapping("/internal/devices")
class InternalDeviceController {

	/** The most devices in one page. */
	static final int MAX_PAGE = 1000;

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

	/** One user, named by the headers. */
	@GetMapping
	@Operation(summary = "Looks up the devices of one user; application_id may be *")
	@SubjectHeaders
	SingleFound devices(@Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
		return new SingleFound(forNotifications.find(List.of(RequestSubject.query(headers))).getFirst());
	}

	/** Everybody in an application, page by page; for campaigns. */
	@GetMapping("/page")
	@Operation(summary = "Pages through the devices of an application")
	DevicePage page(@RequestParam(name = "application_id", required = false) @Nullable ApplicationId application,
			@RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "500") int limit) {
		if (application == null) {
			throw new InvalidFieldException("application_id", "the parameter application_id is missing");
		}
		if (limit < 1 || limit > MAX_PAGE) {
			throw new InvalidFieldException("limit", "limit must be 1 to %d, but was %d".formatted(MAX_PAGE, limit));
		}
		return DevicePage.of(forCampaigns.page(application, after, limit), limit);
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
