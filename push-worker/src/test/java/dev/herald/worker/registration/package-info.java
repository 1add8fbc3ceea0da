@NullMarked
package dev.herald.worker.registration;

import org.jspecify.annotations.NullMarked;
