/** The one id that follows a request through answers, logs, rows and workflows. */
@NullMarked
package dev.mainstay.api.correlation;

import org.jspecify.annotations.NullMarked;
