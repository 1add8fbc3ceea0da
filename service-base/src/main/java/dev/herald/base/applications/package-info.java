/**
 * The applications and their credentials, from one watched file.
 */
@NullMarked
package dev.herald.base.applications;

import org.jspecify.annotations.NullMarked;
