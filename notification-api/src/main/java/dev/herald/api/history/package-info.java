/**
 * Shows past notifications and what became of each.
 */
@NullMarked
package dev.herald.api.history;

import org.jspecify.annotations.NullMarked;
