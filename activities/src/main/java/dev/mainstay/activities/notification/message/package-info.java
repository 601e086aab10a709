/** The texts of messages to people: the words of every message, in the recipient's language. */
@NullMarked
package dev.mainstay.activities.notification.message;

import org.jspecify.annotations.NullMarked;
