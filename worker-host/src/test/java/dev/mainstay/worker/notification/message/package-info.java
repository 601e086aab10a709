/** What letters are told of the marketplace is checked at start. */
@NullMarked
package dev.mainstay.worker.notification.message;

import org.jspecify.annotations.NullMarked;
