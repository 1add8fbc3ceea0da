/**
 * The table {@code device}: what a row holds and how it is read.
 */
@NullMarked
package dev.herald.tokenstore.device;

import org.jspecify.annotations.NullMarked;
