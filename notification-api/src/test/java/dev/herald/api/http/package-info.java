@NullMarked
package dev.herald.api.http;

import org.jspecify.annotations.NullMarked;
