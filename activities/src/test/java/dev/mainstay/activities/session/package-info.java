/** Course sessions and their top-up, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.session;

import org.jspecify.annotations.NullMarked;
