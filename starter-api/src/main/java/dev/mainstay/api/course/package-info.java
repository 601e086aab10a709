/** Courses: what is taught. */
@NullMarked
package dev.mainstay.api.course;

import org.jspecify.annotations.NullMarked;
