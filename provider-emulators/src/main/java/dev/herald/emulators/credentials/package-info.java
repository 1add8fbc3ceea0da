/**
 * The keys that applications hold and the emulators check: made, kept in files, revoked
 * and rotated.
 */
@NullMarked
package dev.herald.emulators.credentials;

import org.jspecify.annotations.NullMarked;
