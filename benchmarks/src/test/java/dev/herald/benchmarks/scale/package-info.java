/** Tests of what this package reckons, and of its pure parts. */
@NullMarked
package dev.herald.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
