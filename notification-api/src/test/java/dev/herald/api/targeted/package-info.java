@NullMarked
package dev.herald.api.targeted;

import org.jspecify.annotations.NullMarked;
