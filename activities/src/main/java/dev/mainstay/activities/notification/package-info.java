/** The database steps of notifications, and the sending of messages. */
@NullMarked
package dev.mainstay.activities.notification;

import org.jspecify.annotations.NullMarked;
