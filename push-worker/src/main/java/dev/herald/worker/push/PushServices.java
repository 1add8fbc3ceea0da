package dev.herald.worker.push;

import dev.herald.base.applications.Application;
import dev.herald.common.identity.Provider;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The providers there are, each registered once. Immutable. */
public final class PushServices {

	private final Map<Provider, PushProvider> providers = new EnumMap<>(Provider.class);

	/**
	 * @throws IllegalArgumentException if a provider is registered twice, or not at all
	 */
	public PushServices(List<PushProvider> registered) {
		for (PushProvider provider : registered) {
			if (providers.put(provider.provider(), provider) != null) {
				throw new IllegalArgumentException(
						"provider %s is registered twice".formatted(provider.provider().value()));
			}
		}
		for (Provider provider : Provider.values()) {
			if (!providers.containsKey(provider)) {
				throw new IllegalArgumentException("provider %s is not registered".formatted(provider.value()));
			}
		}
	}

	/**
	 * Opens the service of one application and provider.
	 * @return a service that the caller closes
	 * @throws UnusableCredentialException if the credential is missing or broken
	 */
	public PushService open(Application application, Provider provider) {
		return registered(provider).open(application);
	}

	/** The file with the credential of one application and provider. */
	public Path credentialFile(Application application, Provider provider) {
		return registered(provider).credentialFile(application);
	}

	private PushProvider registered(Provider provider) {
		PushProvider registered = providers.get(provider);
		if (registered == null) {
			throw new IllegalStateException("provider %s is not registered".formatted(provider.value()));
		}
		return registered;
	}

}
