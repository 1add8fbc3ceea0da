package dev.herald.emulators.behaviour;

import dev.herald.emulators.http.Exchange;
import dev.herald.emulators.pushes.Arrival;
import dev.herald.emulators.pushes.PushLog;

/**
 * Where every push ends: it is recorded, then answered. A push is recorded when it
 * arrives, also where its answer comes late or never, so that what the log shows is what
 * a provider would have got.
 */
public final class Reception {

	private static final int NO_STATUS = 0;

	private final Behaviours behaviours;

	private final PushLog log;

	public Reception(Behaviours behaviours, PushLog log) {
		this.behaviours = behaviours;
		this.log = log;
	}

	/** Treats a push that passed the provider's checks as programmed. */
	public void receive(Arrival arrival, Exchange exchange) {
		ProviderAnswers answers = this.behaviours.answersOf(arrival.provider());
		switch (this.behaviours.next(arrival.provider(), arrival.application(), arrival.token())) {
			case Behaviour.Accept ignored -> answer(arrival, answers.accepted(arrival), exchange);
			case Behaviour.Slow slow -> answerLate(arrival, answers.accepted(arrival), slow, exchange);
			case Behaviour.Refusal refusal -> answer(arrival, answers.refused(refusal), exchange);
			case Behaviour.Hang ignored -> this.log.record(arrival, NO_STATUS, "hang");
			case Behaviour.DropConnection ignored -> {
				this.log.record(arrival, NO_STATUS, "drop_connection");
				exchange.drop();
			}
			case Behaviour.GoAway ignored -> {
				this.log.record(arrival, NO_STATUS, "go_away");
				exchange.goAway();
			}
		}
	}

	/** Gives an answer that the provider's own checks decided. */
	public void answer(Arrival arrival, Answer answer, Exchange exchange) {
		this.log.record(arrival, answer.response().status(), answer.outcome());
		exchange.answer(answer.response());
	}

	private void answerLate(Arrival arrival, Answer answer, Behaviour.Slow slow, Exchange exchange) {
		this.log.record(arrival, answer.response().status(), answer.outcome());
		exchange.later(slow.delay(), () -> exchange.answer(answer.response()));
	}

}
