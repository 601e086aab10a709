/** What holds for all workflows. */
@NullMarked
package dev.mainstay.workflows;

import org.jspecify.annotations.NullMarked;
