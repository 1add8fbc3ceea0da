package dev.herald.emulators.behaviour;

import java.util.Objects;

import dev.herald.emulators.pushes.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Which pushes a behaviour is for: all of a provider, those of one application, or those
 * to one device token of it.
 */
public record Scope(Provider provider, @Nullable String application, @Nullable String token) {

	public Scope {
		if (application == null && token != null) {
			throw new IllegalArgumentException("A token alone names no device, expected its application too");
		}
	}

	/** All pushes to a provider. */
	public static Scope of(Provider provider) {
		return new Scope(provider, null, null);
	}

	/** The pushes of one application. */
	public static Scope of(Provider provider, String application) {
		return new Scope(provider, Objects.requireNonNull(application), null);
	}

	/** The pushes to one device. */
	public static Scope of(Provider provider, String application, String token) {
		return new Scope(provider, Objects.requireNonNull(application), Objects.requireNonNull(token));
	}

}
