package dev.herald.base.applications;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configured application.
 *
 * @param newestDeviceOnly whether a user is reached only on the device registered last
 * @param fcm its FCM credential, or null if it has no Android app
 * @param apns its APNs credential, or null if it has no Apple app
 * @param limits how much may be sent
 * @param contentService where its articles are had, or null if it has no targeted pushes
 */
public record Application(ApplicationId id, boolean newestDeviceOnly, @Nullable FcmCredential fcm,
		@Nullable ApnsCredential apns, SendLimits limits, @Nullable ContentService contentService) {

	/**
	 * An application that may send as much as its providers take, and has no articles.
	 */
	public Application(ApplicationId id, boolean newestDeviceOnly, @Nullable FcmCredential fcm,
			@Nullable ApnsCredential apns) {
		this(id, newestDeviceOnly, fcm, apns, SendLimits.DEFAULT, null);
	}

	/** The providers it has a credential for; at least one. */
	public Set<Provider> providers() {
		Set<Provider> providers = EnumSet.noneOf(Provider.class);
		if (fcm != null) {
			providers.add(Provider.FCM);
		}
		if (apns != null) {
			providers.add(Provider.APNS);
		}
		return providers;
	}

}
