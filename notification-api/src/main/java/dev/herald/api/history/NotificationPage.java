package dev.herald.api.history;

import dev.herald.common.identity.NotificationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some notifications, newest first.
 *
 * @param next what to ask for as {@code before} in order to go on, absent at the end
 */
record NotificationPage(List<NotificationView> notifications, @Nullable NotificationId next) {
}
