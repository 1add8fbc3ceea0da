package dev.herald.common.push;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.json.RecordReader;

/** Reads a {@link DeliveryReport}. */
final class DeliveryReportReader extends RecordReader<DeliveryReport> {

	DeliveryReportReader() {
		super(DeliveryReport.class,
				values -> new DeliveryReport(values.intAt(0), values.at(1), values.at(2), values.at(3), values.at(4),
						values.at(5), values.at(6), values.at(7), values.at(8), values.at(9), values.intAt(10),
						values.at(11)),
				number(), text(NotificationId::parse), text(CampaignId::parse), number(RegistrationId::new),
				text(DeviceId::new), text(ApplicationId::new), text(Provider::of), text(DeliveryOutcome::of),
				text(reason -> reason), text(id -> id), number(), moment());
	}

}
