/**
 * The house as it is deployed: every service a process of its own, on a real database and
 * broker, seen from outside only.
 */
@NullMarked
package dev.herald.systemtests;

import org.jspecify.annotations.NullMarked;
