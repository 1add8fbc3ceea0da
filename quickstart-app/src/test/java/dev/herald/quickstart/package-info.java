/**
 * That what a stranger runs first works.
 */
@NullMarked
package dev.herald.quickstart;

import org.jspecify.annotations.NullMarked;
