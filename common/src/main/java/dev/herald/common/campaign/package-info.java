/**
 * What the services say to each other about campaigns: the links of a broadcast's chains,
 * the pairs of a targeted push, and the pages of devices in between.
 */
@NullMarked
package dev.herald.common.campaign;

import org.jspecify.annotations.NullMarked;
