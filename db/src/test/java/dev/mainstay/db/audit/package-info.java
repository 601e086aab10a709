/** Tests of the audit log. */
@NullMarked
package dev.mainstay.db.audit;

import org.jspecify.annotations.NullMarked;
