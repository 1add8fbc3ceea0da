package dev.herald.api.devices;

import dev.herald.base.coalesce.Coalescer;
import dev.herald.base.tokenstore.LookupPurpose;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.base.http.ServiceException;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DeviceQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Which devices a user has, as the token store says. Look-ups that arrive together share
 * a round trip. Safe for use by many threads.
 */
public final class DeviceDirectory {

	/** Two calls at a time: with more there is less in each, and a call is what costs. */
	private static final Coalescer.Settings LOOKUPS = Coalescer.Settings.forRequests("device look-up",
			DeviceLookup.MAX_QUERIES, 2, 4096);

	private final Coalescer<DeviceQuery, List<Device>> lookups;

	DeviceDirectory(TokenStoreClient tokenStore, Executor executor) {
		this.lookups = new Coalescer<>(LOOKUPS, executor,
				queries -> tokenStore.lookUp(queries, LookupPurpose.NOTIFICATION));
	}

	/**
	 * Looks up the devices of one user, oldest registration first. Never blocks.
	 * @return the devices, none for a user without any; it fails with
	 * {@link ServiceException}, or with
	 * {@link dev.herald.base.coalesce.TooManyWaitingException}
	 */
	public CompletableFuture<List<Device>> devicesOf(DeviceQuery query) {
		return lookups.ask(query);
	}

}
