/** The beans that write messages. */
@NullMarked
package dev.mainstay.worker.notification.message;

import org.jspecify.annotations.NullMarked;
