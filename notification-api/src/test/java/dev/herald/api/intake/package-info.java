@NullMarked
package dev.herald.api.intake;

import org.jspecify.annotations.NullMarked;
