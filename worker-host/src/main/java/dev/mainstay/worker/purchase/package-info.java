/** The purchase's module: its workflows, its steps, and how its runs are started. */
@NullMarked
package dev.mainstay.worker.purchase;

import org.jspecify.annotations.NullMarked;
