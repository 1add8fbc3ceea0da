@NullMarked
package dev.herald.tokenstore.paging;

import org.jspecify.annotations.NullMarked;
