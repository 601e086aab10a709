/** What writes messages. */
@NullMarked
package dev.mainstay.worker.notification.letter;

import org.jspecify.annotations.NullMarked;
