package dev.herald.emulators.behaviour;

import dev.herald.emulators.pushes.Arrival;

/** One provider's words for what the emulator decided. */
public interface ProviderAnswers {

	/** The answer to a push that is taken on. */
	Answer accepted(Arrival arrival);

	/**
	 * The answer to one that is not.
	 * @throws IllegalArgumentException if this provider has no such refusal
	 */
	Answer refused(Behaviour.Refusal refusal);

}
