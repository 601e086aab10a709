/** Work that is done once for one person: a mail, an export of their data, a report. */
@NullMarked
package dev.mainstay.workflows.task;

import org.jspecify.annotations.NullMarked;
