package dev.herald.common.push;

import dev.herald.common.device.DeviceReader;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.json.RecordReader;

/** Reads a {@link PushJob}. */
final class PushJobReader extends RecordReader<PushJob> {

	PushJobReader() {
		super(PushJob.class,
				values -> new PushJob(values.intAt(0), values.at(1), values.at(2), values.at(3), values.at(4),
						values.at(5), values.at(6), values.at(7), values.at(8), values.intAt(9), values.at(10),
						values.at(11)),
				number(), text(NotificationId::parse), text(CampaignId::parse), new DeviceReader()::deserialize,
				new PushContentReader()::deserialize, text(PushPriority::of), text(collapseKey -> collapseKey),
				moment(), moment(), number(), moment(), moment());
	}

}
