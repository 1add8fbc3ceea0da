@NullMarked
package dev.herald.tokenstore.lookup;

import org.jspecify.annotations.NullMarked;
