/**
 * Login and logout: what apps and their back ends ask of the token store.
 */
@NullMarked
package dev.herald.tokenstore.registration;

import org.jspecify.annotations.NullMarked;
