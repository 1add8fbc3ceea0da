/**
 * The push worker: takes jobs from the broker and hands them to the providers.
 */
@NullMarked
package dev.herald.worker;

import org.jspecify.annotations.NullMarked;
