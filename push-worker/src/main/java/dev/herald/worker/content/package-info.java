/**
 * The articles of targeted pushes: had from each application's content service, once for
 * all who ask, and kept for a while.
 */
@NullMarked
package dev.herald.worker.content;

import org.jspecify.annotations.NullMarked;
