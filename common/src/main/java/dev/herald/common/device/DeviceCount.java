package dev.herald.common.device;

import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code POST /internal/devices/count}, whose body is a
 * {@link DevicePageQuery} (its limit has no meaning there).
 *
 * @param devices how many match
 * @param first the first registration of that application and provider, whatever the
 * filter; absent if there is none, and from a token store that does not tell it yet
 * @param last the last one, or one after it; 0 if there is none
 */
public record DeviceCount(long devices, @Nullable Long first, long last) {

	/** Nothing is there. */
	public static final DeviceCount NONE = new DeviceCount(0, null, 0);

	/** What lies before the first registration. */
	public long beforeFirst() {
		return first == null ? 0 : first - 1;
	}

}
