/**
 * The HTTP interface by which behaviour is programmed and arrivals are read.
 */
@NullMarked
package dev.herald.emulators.control;

import org.jspecify.annotations.NullMarked;
