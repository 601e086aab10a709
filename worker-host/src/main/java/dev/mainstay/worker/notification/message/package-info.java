/** What writes messages. */
@NullMarked
package dev.mainstay.worker.notification.message;

import org.jspecify.annotations.NullMarked;
