/** What letters are told of the marketplace is checked at start. */
@NullMarked
package dev.mainstay.worker.notification.letter;

import org.jspecify.annotations.NullMarked;
