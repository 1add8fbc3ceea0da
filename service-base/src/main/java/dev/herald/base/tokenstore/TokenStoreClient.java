package dev.herald.base.tokenstore;

import dev.herald.base.http.ServiceClient;
import dev.herald.base.http.ServiceException;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.device.RegistrationLookup;
import dev.herald.common.identity.RegistrationId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the token store over HTTP. Calls block until there is an answer, at most as long
 * as {@link TokenStoreProperties#timeout()} where nothing else is said; whoever asks
 * often bounds how many do. Nothing it asks changes anything. Safe for use by many
 * threads; it keeps connections open and need not be closed.
 */
public final class TokenStoreClient {

	/** Nobody waits for a campaign's page, and asking again makes it no faster. */
	private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(5);

	/** Counting goes through an index once: seconds for ten million devices. */
	private static final Duration COUNT_TIMEOUT = Duration.ofSeconds(30);

	private final ServiceClient service;

	private final Duration timeout;

	public TokenStoreClient(TokenStoreProperties tokenStore) {
		this.service = new ServiceClient("the token store", tokenStore.url(), tokenStore.apiKey(),
				tokenStore.connectTimeout());
		this.timeout = tokenStore.timeout();
	}

	/**
	 * Looks up the devices of many users.
	 * @param queries 1 to {@value DeviceLookup#MAX_QUERIES}
	 * @param purpose what they are for
	 * @return for each query, in their order, the devices, oldest registration first:
	 * empty for a user without devices
	 * @throws ServiceException if there is no usable answer within the time limit
	 */
	public List<List<Device>> lookUp(List<DeviceQuery> queries, LookupPurpose purpose) {
		List<List<Device>> devices = ask("/internal/devices/lookup?for=" + purpose.value(), new DeviceLookup(queries),
				DeviceLookup.Found.class)
			.devices();
		if (devices.size() != queries.size()) {
			throw new ServiceException("the token store must answer each of %d queries, but answered %d"
				.formatted(queries.size(), devices.size()), null);
		}
		return devices;
	}

	/**
	 * One page of the devices of an application and provider. Waits up to 5 s, since a
	 * page with a filter may look at thousands of devices.
	 * @throws ServiceException if there is no usable answer by then
	 */
	public DevicePage page(DevicePageQuery query) {
		return service.post("/internal/devices/page", query, PAGE_TIMEOUT).read(DevicePage.class);
	}

	/**
	 * How many devices of an application and provider there are; the query's limit has no
	 * meaning. With a filter and many thousands of devices it is an estimate. Waits up to
	 * 30 s.
	 * @throws ServiceException if there is no usable answer by then
	 */
	public DeviceCount count(DevicePageQuery query) {
		return service.post("/internal/devices/count", query, COUNT_TIMEOUT).read(DeviceCount.class);
	}

	/**
	 * Asks what has become of devices.
	 * @param known devices of 1 to {@value RegistrationLookup#MAX_REGISTRATIONS}
	 * registrations, in whichever version
	 * @return the devices with the tokens they have now, by registration; one without a
	 * device is over
	 * @throws ServiceException if there is no usable answer within the time limit
	 */
	public Map<RegistrationId, Device> current(List<Device> known) {
		Map<RegistrationId, Device> current = new HashMap<>();
		known.forEach(device -> current.put(device.registrationId(), device));
		RegistrationLookup.Found found = ask("/internal/devices/registrations", RegistrationLookup.of(current.values()),
				RegistrationLookup.Found.class);
		current.keySet().retainAll(Set.copyOf(found.unchanged()));
		found.devices().forEach(device -> current.put(device.registrationId(), device));
		return current;
	}

	/**
	 * Whether the token store says it is alive.
	 * @throws ServiceException if it says nothing within the time limit
	 */
	public boolean isAlive() {
		return service.get("/livez", timeout).status() == 200;
	}

	private <T> T ask(String path, Object question, Class<T> type) {
		return service.post(path, question, timeout).read(type);
	}

}
