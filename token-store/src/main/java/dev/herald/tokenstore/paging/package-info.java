/**
 * Everybody in an application: pages of its devices for campaigns, and how many there
 * are.
 */
@NullMarked
package dev.herald.tokenstore.paging;

import org.jspecify.annotations.NullMarked;
