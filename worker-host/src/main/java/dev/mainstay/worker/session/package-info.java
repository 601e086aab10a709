/** The top-up of course sessions, as a worker host serves it. */
@NullMarked
package dev.mainstay.worker.session;

import org.jspecify.annotations.NullMarked;
