@NullMarked
package dev.herald.worker.content;

import org.jspecify.annotations.NullMarked;
