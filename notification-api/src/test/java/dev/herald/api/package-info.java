@NullMarked
package dev.herald.api;

import org.jspecify.annotations.NullMarked;
