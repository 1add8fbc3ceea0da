package dev.herald.api.notification;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;

/** A device that a notification went to, without its token. */
public record Target(RegistrationId registrationId, Provider provider, ApplicationId applicationId, DeviceId deviceId) {

	/** The device as a target. */
	public static Target of(Device device) {
		return new Target(device.registrationId(), device.provider(), device.applicationId(), device.deviceId());
	}

}
