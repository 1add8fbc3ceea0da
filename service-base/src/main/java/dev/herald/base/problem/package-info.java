/**
 * Errors as RFC 9457 problem details, the same in every service.
 */
@NullMarked
package dev.herald.base.problem;

import org.jspecify.annotations.NullMarked;
