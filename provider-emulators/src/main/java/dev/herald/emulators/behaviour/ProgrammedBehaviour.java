package dev.herald.emulators.behaviour;

import org.jspecify.annotations.Nullable;

/**
 * A behaviour in force.
 *
 * @param remaining for how many more requests, null for all
 */
public record ProgrammedBehaviour(Scope scope, Behaviour behaviour, @Nullable Long remaining) {
}
