/**
 * Thousands of requests, valid ones and ones that are not, generated from the description
 * that a service gives of itself. What is generated depends on a seed alone.
 */
@NullMarked
package dev.herald.systemtests.barrage;

import org.jspecify.annotations.NullMarked;
