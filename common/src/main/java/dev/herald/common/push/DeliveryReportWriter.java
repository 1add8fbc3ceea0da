package dev.herald.common.push;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes a {@link DeliveryReport}, as Jackson would, but without its reflection: one is
 * written for every push.
 */
final class DeliveryReportWriter extends StdSerializer<DeliveryReport> {

	DeliveryReportWriter() {
		super(DeliveryReport.class);
	}

	@Override
	public void serialize(DeliveryReport report, JsonGenerator json, SerializationContext context) {
		json.writeStartObject(report);
		json.writeNumberProperty("version", report.version());
		json.writeStringProperty("notification_id", report.notificationId().toString());
		if (report.campaignId() != null) {
			json.writeStringProperty("campaign_id", report.campaignId().toString());
		}
		json.writeNumberProperty("registration_id", report.registrationId().value());
		json.writeStringProperty("device_id", report.deviceId().value());
		json.writeStringProperty("application_id", report.applicationId().value());
		json.writeStringProperty("provider", report.provider().value());
		json.writeStringProperty("outcome", report.outcome().value());
		if (report.reason() != null) {
			json.writeStringProperty("reason", report.reason());
		}
		if (report.providerMessageId() != null) {
			json.writeStringProperty("provider_message_id", report.providerMessageId());
		}
		json.writeNumberProperty("attempts", report.attempts());
		json.writeStringProperty("ended_at", report.endedAt().toString());
		json.writeEndObject();
	}

}
