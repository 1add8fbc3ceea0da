/** What makes a program a service of Herald's. */
@NullMarked
package dev.herald.base.service;

import org.jspecify.annotations.NullMarked;
