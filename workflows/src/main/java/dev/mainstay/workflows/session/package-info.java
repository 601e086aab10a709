/** Course sessions of what was bought: those to come are planned ahead, by a sweep. */
@NullMarked
package dev.mainstay.workflows.session;

import org.jspecify.annotations.NullMarked;
