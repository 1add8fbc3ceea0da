/**
 * Requests that arrive together share a round trip.
 */
@NullMarked
package dev.herald.base.coalesce;

import org.jspecify.annotations.NullMarked;
