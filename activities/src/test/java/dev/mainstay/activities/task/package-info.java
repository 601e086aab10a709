/** Tasks, and what becomes of a person who is erased, on a real database. */
@NullMarked
package dev.mainstay.activities.task;

import org.jspecify.annotations.NullMarked;
