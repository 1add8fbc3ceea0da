@NullMarked
package dev.herald.worker.campaign;

import org.jspecify.annotations.NullMarked;
