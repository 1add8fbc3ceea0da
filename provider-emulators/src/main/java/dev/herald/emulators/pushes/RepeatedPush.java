package dev.herald.emulators.pushes;

/**
 * A notification that one device accepted more than once.
 *
 * @param id the notification id or, without one, the collapse key
 * @param times how often it was accepted, 2 or more
 */
public record RepeatedPush(Provider provider, String application, String token, String id, int times) {
}
