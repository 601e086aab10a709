/** The audit log's upkeep. */
@NullMarked
package dev.mainstay.activities.audit;

import org.jspecify.annotations.NullMarked;
