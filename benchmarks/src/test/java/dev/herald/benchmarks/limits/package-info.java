/** Tests of what this package reckons, and of its pure parts. */
@NullMarked
package dev.herald.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
