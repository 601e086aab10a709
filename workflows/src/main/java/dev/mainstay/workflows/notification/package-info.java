/** Messages to customers and vendors: what an event has to tell whom, and how it is sent. */
@NullMarked
package dev.mainstay.workflows.notification;

import org.jspecify.annotations.NullMarked;
