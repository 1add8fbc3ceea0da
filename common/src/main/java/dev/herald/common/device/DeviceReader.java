package dev.herald.common.device;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.RecordReader;

/** Reads a {@link Device}. */
public final class DeviceReader extends RecordReader<Device> {

	/** A reader; one is enough for everybody. */
	public DeviceReader() {
		super(Device.class,
				values -> new Device(values.at(0), values.at(1), values.at(2), values.at(3), values.at(4), values.at(5),
						values.at(6), values.at(7)),
				number(RegistrationId::new), text(DeviceId::new), text(UserId::new), text(ApplicationId::new),
				text(Provider::of), text(DeviceToken::new), text(Environment::of), moment());
	}

}
