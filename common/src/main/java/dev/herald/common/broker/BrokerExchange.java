package dev.herald.common.broker;

/**
 * A durable exchange as it is to be declared.
 *
 * @param type {@code direct} or {@code fanout}
 */
public record BrokerExchange(String name, String type) {
}
