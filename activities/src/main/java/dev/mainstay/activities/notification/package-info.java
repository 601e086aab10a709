/** What notifications do on our own database, and how messages are sent. */
@NullMarked
package dev.mainstay.activities.notification;

import org.jspecify.annotations.NullMarked;
