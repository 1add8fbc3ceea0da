/**
 * Bounds that hold for every request before it reaches a controller.
 */
@NullMarked
package dev.herald.api.http;

import org.jspecify.annotations.NullMarked;
