@NullMarked
package dev.herald.api.notification;

import org.jspecify.annotations.NullMarked;
