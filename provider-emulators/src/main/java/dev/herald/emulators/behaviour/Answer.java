package dev.herald.emulators.behaviour;

import dev.herald.emulators.http.Response;

/**
 * What a provider says to a push.
 *
 * @param outcome its name in the record of pushes
 */
public record Answer(String outcome, Response response) {
}
