@NullMarked
package dev.herald.api.sql;

import org.jspecify.annotations.NullMarked;
