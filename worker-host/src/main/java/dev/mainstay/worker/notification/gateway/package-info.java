/** The configuration of the message gateways. */
@NullMarked
package dev.mainstay.worker.notification.gateway;

import org.jspecify.annotations.NullMarked;
