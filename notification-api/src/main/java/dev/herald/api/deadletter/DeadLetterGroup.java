package dev.herald.api.deadletter;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;

/**
 * What dead letters are told apart by.
 *
 * @param reason the last answer in a word
 */
record DeadLetterGroup(ApplicationId applicationId, Provider provider, String reason) {
}
