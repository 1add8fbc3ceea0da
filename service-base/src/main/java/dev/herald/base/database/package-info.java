/**
 * Two pools for each service that owns tables, so that campaigns and workers cannot
 * starve the API.
 */
@NullMarked
package dev.herald.base.database;

import org.jspecify.annotations.NullMarked;
