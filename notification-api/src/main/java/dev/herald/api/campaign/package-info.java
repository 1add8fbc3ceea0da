/**
 * Campaigns: takes broadcasts, starts them, lets workers claim their pages, counts what
 * becomes of them, and shows, pauses, resumes and cancels them.
 */
@NullMarked
package dev.herald.api.campaign;

import org.jspecify.annotations.NullMarked;
