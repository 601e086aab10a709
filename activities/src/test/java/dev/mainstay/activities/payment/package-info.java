/** Payment checks, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.payment;

import org.jspecify.annotations.NullMarked;
