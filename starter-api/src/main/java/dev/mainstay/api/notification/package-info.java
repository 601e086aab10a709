/** Messages over REST: their recipients, their texts, and whether they were sent. */
@NullMarked
package dev.mainstay.api.notification;

import org.jspecify.annotations.NullMarked;
