/**
 * Whom to push to: what the other services ask of the token store.
 */
@NullMarked
package dev.herald.tokenstore.lookup;

import org.jspecify.annotations.NullMarked;
