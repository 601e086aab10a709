/** The errors of refused requests, as RFC 9457 defines them. */
@NullMarked
package dev.mainstay.api.problem;

import org.jspecify.annotations.NullMarked;
