/** The audit log, read and verified. */
@NullMarked
package dev.mainstay.api.audit;

import org.jspecify.annotations.NullMarked;
