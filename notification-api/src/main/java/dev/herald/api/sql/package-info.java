/**
 * The few things that plain JDBC lacks for the statements of this service.
 */
@NullMarked
package dev.herald.api.sql;

import org.jspecify.annotations.NullMarked;
