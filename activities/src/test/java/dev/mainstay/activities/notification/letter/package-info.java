/** Letters are complete in every language, and harmless whatever people are called. */
@NullMarked
package dev.mainstay.activities.notification.letter;

import org.jspecify.annotations.NullMarked;
