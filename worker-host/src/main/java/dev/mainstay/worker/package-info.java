/** The worker host: registers modules, runs Temporal workers, drains the intake. */
@NullMarked
package dev.mainstay.worker;

import org.jspecify.annotations.NullMarked;
