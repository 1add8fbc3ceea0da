/** How Herald's services talk to each other. */
@NullMarked
package dev.herald.base.http;

import org.jspecify.annotations.NullMarked;
