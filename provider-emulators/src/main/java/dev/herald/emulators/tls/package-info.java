/**
 * The certificate authority that signs the emulators' server certificates.
 */
@NullMarked
package dev.herald.emulators.tls;

import org.jspecify.annotations.NullMarked;
