/** The load, against a server that counts. */
@NullMarked
package dev.herald.benchmarks.load;

import org.jspecify.annotations.NullMarked;
