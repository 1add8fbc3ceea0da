/**
 * The one JSON mapper of everything that crosses the wire.
 */
@NullMarked
package dev.herald.common.json;

import org.jspecify.annotations.NullMarked;
