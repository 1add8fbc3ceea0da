/**
 * The parts of the token store's package of this name that benchmarks need, made visible.
 */
@NullMarked
package dev.herald.tokenstore.lookup;

import org.jspecify.annotations.NullMarked;
