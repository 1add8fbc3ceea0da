/**
 * The database and the broker that tests run on: real ones where the machine has them.
 */
@NullMarked
package dev.herald.testsupport;

import org.jspecify.annotations.NullMarked;
