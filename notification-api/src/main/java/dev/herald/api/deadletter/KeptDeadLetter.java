package dev.herald.api.deadletter;

import dev.herald.common.push.DeadLetter;

/**
 * A dead letter as it is kept.
 *
 * @param id its number; a later one is greater
 */
record KeptDeadLetter(long id, DeadLetter letter) {
}
