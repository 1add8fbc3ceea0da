/** How the threads that serve connections go about it. */
@NullMarked
package dev.herald.base.io;

import org.jspecify.annotations.NullMarked;
