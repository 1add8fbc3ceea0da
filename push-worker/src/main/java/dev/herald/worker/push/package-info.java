/**
 * The one interface behind which every provider stands, and every way a push can end.
 */
@NullMarked
package dev.herald.worker.push;

import org.jspecify.annotations.NullMarked;
