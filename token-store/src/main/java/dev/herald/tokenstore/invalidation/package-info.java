/**
 * Forgetting the tokens that a provider has declared dead.
 */
@NullMarked
package dev.herald.tokenstore.invalidation;

import org.jspecify.annotations.NullMarked;
