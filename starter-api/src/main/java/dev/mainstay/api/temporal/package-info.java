/** The connection to Temporal, made when a call first needs it. */
@NullMarked
package dev.mainstay.api.temporal;

import org.jspecify.annotations.NullMarked;
