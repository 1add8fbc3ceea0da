@NullMarked
package dev.herald.tokenstore.invalidation;

import org.jspecify.annotations.NullMarked;
