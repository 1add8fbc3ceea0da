/** {@code POST /notification}, one device each: how many a second, and how soon. */
@NullMarked
package dev.herald.benchmarks.single;

import org.jspecify.annotations.NullMarked;
