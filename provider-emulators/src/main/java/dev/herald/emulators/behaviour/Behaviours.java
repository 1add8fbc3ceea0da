package dev.herald.emulators.behaviour;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.herald.emulators.pushes.Provider;
import org.jspecify.annotations.Nullable;

/**
 * The programmed behaviours. For each push the narrowest scope decides: its device token,
 * then its application, then its provider; where none is programmed it is accepted. A
 * behaviour for a number of requests is gone once that many had it. Safe for use by any
 * thread; a change holds for every push that arrives after the call.
 */
public final class Behaviours {

	private static final Behaviour ACCEPT = new Behaviour.Accept();

	private static final long UNLIMITED = -1;

	private static final int MAX_RULES = 1_000_000;

	private final Map<Provider, ProviderAnswers> answers;

	private final ConcurrentHashMap<Scope, Rule> rules = new ConcurrentHashMap<>();

	/** No behaviour programmed. */
	public Behaviours(Map<Provider, ProviderAnswers> answers) {
		this.answers = Map.copyOf(answers);
	}

	/**
	 * Programs a behaviour until it is removed, in place of what the scope had.
	 * @throws IllegalArgumentException if the provider does not know such a refusal
	 */
	public void put(Scope scope, Behaviour behaviour) {
		put(scope, new Rule(behaviour, UNLIMITED));
	}

	/**
	 * Programs a behaviour for the next so many requests, in place of what the scope had.
	 * @throws IllegalArgumentException if the provider does not know such a refusal, or
	 * {@code requests} is less than 1
	 */
	public void put(Scope scope, Behaviour behaviour, long requests) {
		if (requests < 1) {
			throw new IllegalArgumentException("requests is %d, expected 1 or more".formatted(requests));
		}
		put(scope, new Rule(behaviour, requests));
	}

	private void put(Scope scope, Rule rule) {
		if (rule.behaviour instanceof Behaviour.Refusal refusal) {
			answersOf(scope.provider()).refused(refusal);
		}
		if (this.rules.size() >= MAX_RULES) {
			throw new IllegalArgumentException(
					"%d behaviours are programmed, expected fewer: remove some".formatted(MAX_RULES));
		}
		this.rules.put(scope, rule);
	}

	/** Removes what is programmed for exactly this scope. */
	public void remove(Scope scope) {
		this.rules.remove(scope);
	}

	/** Removes everything: every push is accepted again. */
	public void clear() {
		this.rules.clear();
	}

	/** What is programmed. */
	public List<ProgrammedBehaviour> list() {
		return this.rules.entrySet()
			.stream()
			.map((entry) -> entry.getValue().describe(entry.getKey()))
			.sorted(Comparator.comparing((programmed) -> programmed.scope().toString()))
			.toList();
	}

	Behaviour next(Provider provider, String application, String token) {
		if (this.rules.isEmpty()) {
			return ACCEPT;
		}
		Behaviour behaviour = take(Scope.of(provider, application, token));
		if (behaviour == null) {
			behaviour = take(Scope.of(provider, application));
		}
		if (behaviour == null) {
			behaviour = take(Scope.of(provider));
		}
		return (behaviour != null) ? behaviour : ACCEPT;
	}

	private @Nullable Behaviour take(Scope scope) {
		Rule rule = this.rules.get(scope);
		if (rule == null) {
			return null;
		}
		if (rule.remaining.get() == UNLIMITED) {
			return rule.behaviour;
		}
		long before = rule.remaining.getAndUpdate((remaining) -> Math.max(0, remaining - 1));
		if (before <= 1) {
			this.rules.remove(scope, rule);
		}
		return (before > 0) ? rule.behaviour : null;
	}

	ProviderAnswers answersOf(Provider provider) {
		ProviderAnswers known = this.answers.get(provider);
		if (known == null) {
			throw new IllegalStateException("There is no emulator of " + provider);
		}
		return known;
	}

	private static final class Rule {

		final Behaviour behaviour;

		final AtomicLong remaining;

		Rule(Behaviour behaviour, long requests) {
			this.behaviour = behaviour;
			this.remaining = new AtomicLong(requests);
		}

		ProgrammedBehaviour describe(Scope scope) {
			long left = this.remaining.get();
			return new ProgrammedBehaviour(scope, this.behaviour, (left == UNLIMITED) ? null : left);
		}

	}

}
