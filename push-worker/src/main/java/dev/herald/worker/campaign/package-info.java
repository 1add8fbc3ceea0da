/**
 * The worker's half of broadcasts: takes the links of their chains, and turns each into
 * the jobs of a page of devices and the next link.
 */
@NullMarked
package dev.herald.worker.campaign;

import org.jspecify.annotations.NullMarked;
