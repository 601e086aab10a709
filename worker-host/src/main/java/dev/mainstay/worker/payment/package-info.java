/** Payment checks, as a worker host serves them. */
@NullMarked
package dev.mainstay.worker.payment;

import org.jspecify.annotations.NullMarked;
