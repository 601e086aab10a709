/** Messages over REST: what was told to whom, or why not. */
@NullMarked
package dev.mainstay.api.notification;

import org.jspecify.annotations.NullMarked;
