/** Tasks, and what their links lead to: downloads and new passwords. */
@NullMarked
package dev.mainstay.api.task;

import org.jspecify.annotations.NullMarked;
