/** Notifications, as a worker host serves them. */
@NullMarked
package dev.mainstay.worker.notification;

import org.jspecify.annotations.NullMarked;
