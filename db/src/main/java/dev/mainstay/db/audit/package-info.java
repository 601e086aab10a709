/** The audit log: who did what, when and why, and the chain of blocks that proves it unchanged. */
@NullMarked
package dev.mainstay.db.audit;

import org.jspecify.annotations.NullMarked;
