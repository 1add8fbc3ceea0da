/**
 * The token store: which devices a user is logged in on, and their tokens.
 */
@NullMarked
package dev.herald.tokenstore;

import org.jspecify.annotations.NullMarked;
