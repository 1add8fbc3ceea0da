/**
 * How a request names the user and the application it is about.
 */
@NullMarked
package dev.herald.tokenstore.request;

import org.jspecify.annotations.NullMarked;
