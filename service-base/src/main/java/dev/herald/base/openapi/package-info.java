/**
 * The description of a service as OpenAPI.
 */
@NullMarked
package dev.herald.base.openapi;

import org.jspecify.annotations.NullMarked;
