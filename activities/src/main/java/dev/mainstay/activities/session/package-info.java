/** The steps of the top-up of course sessions. */
@NullMarked
package dev.mainstay.activities.session;

import org.jspecify.annotations.NullMarked;
