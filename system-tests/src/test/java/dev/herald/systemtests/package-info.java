/** What the whole house must do, however its parts change. */
@NullMarked
package dev.herald.systemtests;

import org.jspecify.annotations.NullMarked;
