/**
 * The names and arguments of every exchange and queue: both sides declare them alike,
 * from here.
 */
@NullMarked
package dev.herald.common.broker;

import org.jspecify.annotations.NullMarked;
