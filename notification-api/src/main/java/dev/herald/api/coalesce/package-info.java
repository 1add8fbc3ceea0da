/**
 * Requests that arrive together share a round trip.
 */
@NullMarked
package dev.herald.api.coalesce;

import org.jspecify.annotations.NullMarked;
