/** The gift's steps, and the module by which they add themselves to a worker host. */
@NullMarked
package dev.mainstay.example.worker.gift;

import org.jspecify.annotations.NullMarked;
