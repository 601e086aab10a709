/** Messages are complete in every language, and harmless whatever people are called. */
@NullMarked
package dev.mainstay.activities.notification.message;

import org.jspecify.annotations.NullMarked;
