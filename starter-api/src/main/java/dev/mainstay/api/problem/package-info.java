/** What a caller is told when a request is refused, as RFC 9457 has it. */
@NullMarked
package dev.mainstay.api.problem;

import org.jspecify.annotations.NullMarked;
