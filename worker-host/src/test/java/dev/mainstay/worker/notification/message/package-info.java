/** Tests that the marketplace's settings for messages are checked at start. */
@NullMarked
package dev.mainstay.worker.notification.message;

import org.jspecify.annotations.NullMarked;
