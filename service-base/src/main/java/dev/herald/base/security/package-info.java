/**
 * Closed by default: bearer API keys with roles.
 */
@NullMarked
package dev.herald.base.security;

import org.jspecify.annotations.NullMarked;
