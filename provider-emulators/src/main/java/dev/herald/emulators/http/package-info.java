/**
 * The servers under both emulators: HTTP/1.1 and HTTP/2 requests in, one answer (or none)
 * out.
 */
@NullMarked
package dev.herald.emulators.http;

import org.jspecify.annotations.NullMarked;
