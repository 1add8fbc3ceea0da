/**
 * The notification API: takes notifications, resolves devices through the token store,
 * publishes one job for each device, keeps and shows the past.
 */
@NullMarked
package dev.herald.api;

import org.jspecify.annotations.NullMarked;
