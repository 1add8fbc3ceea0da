@NullMarked
package dev.herald.api.campaign;

import org.jspecify.annotations.NullMarked;
