package dev.herald.common.device;

/**
 * The answer to {@code POST /internal/devices/count}, whose body is a
 * {@link DevicePageQuery} (its limit has no meaning there).
 *
 * @param devices how many match
 * @param last the last registration there is, whatever its application; 0 if there is
 * none
 */
public record DeviceCount(long devices, long last) {
}
