@NullMarked
package dev.herald.api.devices;

import org.jspecify.annotations.NullMarked;
