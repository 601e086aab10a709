/** Tests of the gateways' configuration. */
@NullMarked
package dev.mainstay.worker.notification.gateway;

import org.jspecify.annotations.NullMarked;
