/** The steps of tasks: files made of a person's data, links to them, and the mail. */
@NullMarked
package dev.mainstay.activities.task;

import org.jspecify.annotations.NullMarked;
