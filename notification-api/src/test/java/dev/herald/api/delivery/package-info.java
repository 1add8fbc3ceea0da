@NullMarked
package dev.herald.api.delivery;

import org.jspecify.annotations.NullMarked;
