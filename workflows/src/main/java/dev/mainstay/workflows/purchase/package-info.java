/** A payment becomes a purchase, a trainer and a first week of sessions, exactly once. */
@NullMarked
package dev.mainstay.workflows.purchase;

import org.jspecify.annotations.NullMarked;
