@NullMarked
package dev.herald.tokenstore.registration;

import org.jspecify.annotations.NullMarked;
