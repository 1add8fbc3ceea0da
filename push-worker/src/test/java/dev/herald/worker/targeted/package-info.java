@NullMarked
package dev.herald.worker.targeted;

import org.jspecify.annotations.NullMarked;
