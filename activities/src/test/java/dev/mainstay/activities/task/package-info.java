/** Tasks, and the erasure of a person, on a real database. */
@NullMarked
package dev.mainstay.activities.task;

import org.jspecify.annotations.NullMarked;
