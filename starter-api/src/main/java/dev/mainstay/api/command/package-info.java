/** Runs what a request asks for: once, in one transaction, with its entry in the audit log. */
@NullMarked
package dev.mainstay.api.command;

import org.jspecify.annotations.NullMarked;
