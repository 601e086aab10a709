/** Course sessions over REST: shown, completed, cancelled, rescheduled. */
@NullMarked
package dev.mainstay.api.session;

import org.jspecify.annotations.NullMarked;
