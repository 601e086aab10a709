/** Messages to customers and vendors: their recipients for each event, and how they are sent. */
@NullMarked
package dev.mainstay.workflows.notification;

import org.jspecify.annotations.NullMarked;
