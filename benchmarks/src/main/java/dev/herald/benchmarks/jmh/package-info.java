/**
 * What is done for every push and nothing else, by JMH: nanoseconds and bytes. The
 * classifiers' are in the packages of the classifiers, which nobody else sees.
 */
@NullMarked
package dev.herald.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
