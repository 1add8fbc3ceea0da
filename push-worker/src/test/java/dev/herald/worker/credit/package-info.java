@NullMarked
package dev.herald.worker.credit;

import org.jspecify.annotations.NullMarked;
