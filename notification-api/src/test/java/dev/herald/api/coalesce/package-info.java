@NullMarked
package dev.herald.api.coalesce;

import org.jspecify.annotations.NullMarked;
