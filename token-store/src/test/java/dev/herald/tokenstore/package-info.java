@NullMarked
package dev.herald.tokenstore;

import org.jspecify.annotations.NullMarked;
