package dev.herald.api.targeted;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What {@code POST /targeted} takes.
 *
 * @param maxBody the longest stream
 * @param maxLine the longest line
 * @param unconfirmed the most pairs of one stream that wait for the broker: when as many
 * do, no more is read
 */
@ConfigurationProperties("herald.targeted")
record TargetedProperties(@DefaultValue("1GB") DataSize maxBody, @DefaultValue("8KB") DataSize maxLine,
		@DefaultValue("500") int unconfirmed) {

	/**
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	TargetedProperties {
		if (maxLine.toBytes() < 1 || maxLine.toBytes() > 1024 * 1024) {
			throw new IllegalArgumentException("herald.targeted.max-line must be 1B to 1MB, but was " + maxLine);
		}
		if (maxBody.compareTo(maxLine) < 0) {
			throw new IllegalArgumentException(
					"herald.targeted.max-body must be herald.targeted.max-line (%s) or more, but was %s"
						.formatted(maxLine, maxBody));
		}
		if (unconfirmed < 1 || unconfirmed > 5000) {
			throw new IllegalArgumentException("herald.targeted.unconfirmed must be 1 to 5000, but was " + unconfirmed);
		}
	}

}
