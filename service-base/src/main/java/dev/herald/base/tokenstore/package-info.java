/**
 * Asks the token store about devices, for the services that need to know them.
 */
@NullMarked
package dev.herald.base.tokenstore;

import org.jspecify.annotations.NullMarked;
