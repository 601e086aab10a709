/** Building block 0: everything that starts a process is first one row in {@code intake}. */
@NullMarked
package dev.mainstay.db.intake;

import org.jspecify.annotations.NullMarked;
