/**
 * The process kit: a process type says how runs are started, and a workflow base runs steps until
 * they are done, or an operator moves or cancels them.
 */
@NullMarked
package dev.mainstay.workflows.process;

import org.jspecify.annotations.NullMarked;
