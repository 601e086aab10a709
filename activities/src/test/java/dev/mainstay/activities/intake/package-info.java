/** The intake rows that SQL writes. */
@NullMarked
package dev.mainstay.activities.intake;

import org.jspecify.annotations.NullMarked;
