/**
 * Who and what a request is about, as its headers say.
 */
@NullMarked
package dev.herald.base.request;

import org.jspecify.annotations.NullMarked;
