/**
 * The identifiers that cross the wire, each a type that cannot hold a malformed value.
 */
@NullMarked
package dev.herald.common.identity;

import org.jspecify.annotations.NullMarked;
