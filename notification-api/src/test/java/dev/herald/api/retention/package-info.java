@NullMarked
package dev.herald.api.retention;

import org.jspecify.annotations.NullMarked;
