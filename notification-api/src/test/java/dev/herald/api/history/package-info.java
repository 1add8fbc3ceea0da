@NullMarked
package dev.herald.api.history;

import org.jspecify.annotations.NullMarked;
