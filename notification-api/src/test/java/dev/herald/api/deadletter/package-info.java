@NullMarked
package dev.herald.api.deadletter;

import org.jspecify.annotations.NullMarked;
